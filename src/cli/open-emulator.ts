import { createEmulator, type Emulator } from '../emulator/emulator.ts'
import type { EmulatorOptions } from '../emulator/options.ts'
import { loadLibrary } from '../flow/load-library.ts'
import type { Fault } from '../model/fault.ts'
import type { World } from './world.ts'

export interface OpenedEmulator {
  readonly emulator: Emulator
  /** Flow files that give no flow at all. */
  readonly faults: readonly Fault[]
  readonly flowCount: number
}

/** The emulator over every flow below the folders. */
export function openEmulator(folders: readonly string[], world: World, options: Partial<EmulatorOptions> = {}): OpenedEmulator {
  const { flows, faults } = loadLibrary(folders, world.cwd)
  return { emulator: createEmulator({ clock: world.clock, ...options, flows }), faults, flowCount: flows.size }
}
