import { join } from 'node:path'
import { readDurations } from '../journal/read-durations.ts'
import type { RunShard } from '../model/event.ts'
import type { Scenario } from '../model/suite.ts'
import { planShards, type Shard } from '../regression/shard.ts'
import type { LoadedFile } from '../runner/run-options.ts'
import { journalsAt } from './journals-at.ts'
import { pathFor } from './path-for.ts'
import type { PlanFlags } from './plan-flags.ts'
import type { World } from './world.ts'

/** What runs here of what was selected. */
export interface RunPlan {
  readonly files: Iterable<LoadedFile>
  /** Absent: everything runs here. */
  readonly shard?: RunShard
}

/** Repeats scenarios and keeps those of this machine's shard. Files are read ahead only where they have to be dealt. */
export function planRun(selected: Iterable<LoadedFile>, { repeat, shard, durations }: PlanFlags, world: World): RunPlan {
  const files = repeat === 1 ? selected : mapped(selected, (scenarios) => scenarios.flatMap((scenario) => copies(scenario, repeat)))
  return shard ? dealt([...files], shard, durations === undefined ? new Map() : earlierDurations(durations, world)) : { files }
}

function dealt(files: readonly LoadedFile[], { index, count }: Shard, durations: ReadonlyMap<string, number>): RunPlan {
  const scenarios = files.flatMap(({ suite }) => suite?.scenarios ?? [])
  const { shards, fingerprint } = planShards(scenarios, count, durations)
  const own = shards[index - 1] ?? new Set()
  return {
    files: mapped(files, (all) => all.filter(({ id }) => own.has(id))),
    shard: { index, count, fingerprint, scenarios: scenarios.length },
  }
}

function* mapped(files: Iterable<LoadedFile>, change: (scenarios: readonly Scenario[]) => readonly Scenario[]): Generator<LoadedFile> {
  for (const loaded of files) {
    if (!loaded.suite) yield loaded
    else {
      const scenarios = change(loaded.suite.scenarios)
      if (scenarios.length > 0) yield { file: loaded.file, suite: { ...loaded.suite, scenarios } }
    }
  }
}

function copies(scenario: Scenario, repeat: number): Scenario[] {
  return Array.from({ length: repeat }, (_, index) => {
    const suffix = ` (${index + 1} of ${repeat})`
    return { ...scenario, id: `${scenario.id}${suffix}`, name: `${scenario.name}${suffix}`, repeatOf: scenario.id }
  })
}

/** The mean of what journals tell of each scenario. */
function earlierDurations(path: string, world: World): ReadonlyMap<string, number> {
  const sums = new Map<string, { totalMs: number; count: number }>()
  for (const journal of journalsAt(path, world)) {
    for (const [id, durationMs] of readDurations(pathFor(world, journal))) {
      const sum = sums.get(id) ?? { totalMs: 0, count: 0 }
      sums.set(id, { totalMs: sum.totalMs + durationMs, count: sum.count + 1 })
    }
  }
  return new Map([...sums].map(([id, { totalMs, count }]) => [id, totalMs / count]))
}

/** The ids of what did not pass in the run that left this output folder. Rejects with a `FaultError` where there was none. */
export async function lastFailedIds(output: string, world: World): Promise<ReadonlySet<string>> {
  const { readRuns } = await import('./read-runs.ts')
  const [last] = await readRuns(join(output, 'journal.jsonl'), world)
  const bad = [...(last?.scenarios.values() ?? [])].filter(
    ({ status }) => status === 'failed' || status === 'errored' || status === 'not-run',
  )
  return new Set(bad.map(({ id }) => id))
}
