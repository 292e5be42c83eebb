import type { Settings } from '../config/settings.ts'
import { FaultError } from '../model/fault.ts'
import type { LoadedFile } from '../runner/run-options.ts'
import { affectedScenarios } from './affected-scenarios.ts'
import { compareVersions } from './compared-flows.ts'
import type { World } from './world.ts'

/**
 * The ids of the scenarios that a change from `old` (a file, or a folder of flows) to the configured flows affects. Rejects with a
 * `FaultError` where flows cannot be read: nothing could be left out then.
 */
export async function affectedIds(
  old: string,
  files: Iterable<LoadedFile>,
  settings: Settings,
  world: World,
): Promise<ReadonlySet<string>> {
  const versions = compareVersions(old, settings.flows, settings.flows, world.cwd)
  if (versions.faults.length > 0) throw new FaultError(versions.faults)
  const suites = [...files].flatMap(({ suite }) => suite ?? [])
  const time = world.clock.date()
  return new Set((await affectedScenarios(suites, versions, () => time)).map(({ scenario }) => scenario.id))
}
