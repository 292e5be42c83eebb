import { type Resolution, resolveSettings } from '../config/resolve-settings.ts'
import type { Settings } from '../config/settings.ts'
import { FaultError } from '../model/fault.ts'
import type { CommandLine } from './command-line.ts'
import type { World } from './world.ts'

/** Every setting as this command line, the environment and the configuration file make it. Nothing is thrown for faults: see {@link settingsFor}. */
export function resolutionFor(line: CommandLine, world: World): Resolution {
  return resolveSettings({ flags: line.texts, variables: world.env, cwd: world.cwd })
}

/** The same, for commands that cannot go on without: throws a `FaultError` that carries every fault. */
export function settingsFor(line: CommandLine, world: World): { settings: Settings; resolution: Resolution } {
  const resolution = resolutionFor(line, world)
  if (!resolution.settings) throw new FaultError(resolution.faults)
  return { settings: resolution.settings, resolution }
}
