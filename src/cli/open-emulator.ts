import { createEmulator, type Emulator } from '../emulator/emulator.ts'
import type { EmulatorOptions } from '../emulator/options.ts'
import { loadLibrary } from '../flow/load-library.ts'
import { type Fault, FaultError } from '../model/fault.ts'
import type { World } from './world.ts'

export interface OpenedEmulator {
  readonly emulator: Emulator
  /** Flow files that give no flow at all; each fault has its place. */
  readonly faults: readonly Fault[]
  readonly flowCount: number
}

/** The emulator over every flow below the folders. Throws a `FaultError` that names each folder that is not there or cannot be read. */
export function openEmulator(folders: readonly string[], world: World, options: Partial<EmulatorOptions> = {}): OpenedEmulator {
  const { flows, faults } = loadLibrary(folders, world.cwd)
  const unusableFolders = faults.filter(({ place }) => place === undefined)
  if (unusableFolders.length > 0) throw new FaultError(unusableFolders)
  return { emulator: createEmulator({ clock: world.clock, ...options, flows }), faults, flowCount: flows.size }
}
