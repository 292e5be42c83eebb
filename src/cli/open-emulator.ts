import { createEmulator, type Emulator } from '../emulator/emulator.ts'
import type { EmulatorOptions } from '../emulator/options.ts'
import type { Library } from '../flow/library.ts'
import { loadLibrary } from '../flow/load-library.ts'
import { type Fault, FaultError } from '../model/fault.ts'
import { loadTenants } from './load-tenants.ts'
import type { World } from './world.ts'

export interface OpenedEmulator {
  readonly emulator: Emulator
  /** Files that give no flow at all, and tenant files with faults, which count for nothing; each fault has its place. */
  readonly faults: readonly Fault[]
  readonly flows: Library
}

/** The emulator over every flow and tenant file below the folders. Rejects with a `FaultError` that names each folder that is not there or cannot be read. */
export async function openEmulator(
  folders: readonly string[],
  world: World,
  options: Partial<EmulatorOptions> = {},
): Promise<OpenedEmulator> {
  const { flows, faults } = loadLibrary(folders, world.cwd)
  const unusableFolders = faults.filter(({ place }) => place === undefined)
  if (unusableFolders.length > 0) throw new FaultError(unusableFolders)
  const tenants = await loadTenants(folders, world.cwd)
  const emulator = createEmulator({
    clock: world.clock,
    ...tenants.options,
    ...options,
    webhooks: { ...tenants.options.webhooks, ...options.webhooks },
    flows,
  })
  return { emulator, faults: [...faults, ...tenants.faults], flows }
}
