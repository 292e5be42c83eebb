import type { Excuse } from '../model/excuse.ts'
import { type Fault, FaultError } from '../model/fault.ts'
import type { Reporter } from '../model/reporter.ts'
import { compareRuns } from '../regression/compare-runs.ts'
import { isFailing, type RunRecord } from '../regression/run-record.ts'
import { RunRecorder } from '../regression/run-recorder.ts'
import { showComparison } from '../regression/show-comparison.ts'
import type { CommandLine } from './command-line.ts'
import { readFailOn } from './fail-on.ts'
import { readRuns } from './read-runs.ts'
import { screenColours } from './screen-colours.ts'
import type { World } from './world.ts'

/** Earlier runs that a run is compared with at its end. */
export interface Baseline {
  /** Why a scenario (by its id) that does not pass is excused; `undefined`: it is not. */
  readonly excuse: (scenario: string) => Excuse | undefined
  /** The same reporter, which says at the end what is new since the baseline, on standard output. */
  readonly comparing: (reporter: Reporter) => Reporter
}

/** What `--baseline` names; `undefined` where it is not given. Rejects with a `FaultError` for journals that cannot be read. */
export async function readBaseline(line: CommandLine, world: World): Promise<Baseline | undefined> {
  const failsOnNew = readFailOn(line)
  const path = line.text('baseline')
  if (path === undefined && failsOnNew) throw new FaultError([NEW_SINCE_WHEN])
  if (path === undefined) return undefined
  const runs = await readRuns(path, world)
  return {
    excuse: failsOnNew ? knownExcuse(runs) : () => undefined,
    comparing: (reporter) => comparing(reporter, runs, line, world),
  }
}

const NEW_SINCE_WHEN: Fault = {
  code: 'CONFLICTING_FLAGS',
  message: '--fail-on new needs to know what there was before',
  advice: 'add --baseline with a journal or a folder of journals of earlier runs',
}

/** Excuses what failed, or could not be judged, in the last run of the baseline as well. */
function knownExcuse(runs: readonly RunRecord[]): (scenario: string) => Excuse | undefined {
  const last = runs.at(-1)
  const known = new Set([...(last?.scenarios.values() ?? [])].filter(isFailing).map(({ id }) => id))
  return (id) => {
    if (!last || !known.has(withoutRepetition(id))) return undefined
    return { kind: 'known', reason: `known: it did not pass in the run of ${last.started.startedAt} either` }
  }
}

/** Records of runs know a scenario that was repeated by its own id. */
function withoutRepetition(id: string): string {
  return id.replace(/ \(\d+ of \d+\)$/, '')
}

function comparing(reporter: Reporter, runs: readonly RunRecord[], line: CommandLine, world: World): Reporter {
  const recorder = new RunRecorder('this run')
  return {
    on: (event) => {
      reporter.on(event)
      recorder.on(event)
    },
    close: async () => {
      await reporter.close()
      const record = recorder.record()
      if (!record) return
      const comparison = compareRuns(runs, [record], { isPartial: isPartial(line) })
      world.stdout.write(`\nSince the baseline\n${showComparison(comparison, screenColours(line, world))}`)
    },
  }
}

/** Whether the flags leave scenarios out, so that those are not gone. */
function isPartial(line: CommandLine): boolean {
  return line.positionals.length > 0 || (['grep', 'tag', 'shard', 'last-failed'] as const).some((flag) => line.has(flag))
}
