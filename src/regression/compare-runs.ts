import { rankTest } from '../statistics/rank-test.ts'
import { type CallRecord, isFailing, isJudged, type RunRecord, type ScenarioRecord } from './run-record.ts'

/** How runs are compared. */
export interface ComparisonOptions {
  /** A scenario is slower where the rank test's p is below. @default 0.001, so that a night of many scenarios does not cry wolf */
  readonly alpha?: number
  /** And where its median has grown at least by this factor. @default 1.2 */
  readonly slowdown?: number
  /** Whether the later runs left out scenarios on purpose, so that those are not gone. @default false */
  readonly isPartial?: boolean
}

/** What differs between earlier runs and later ones. Each scenario stands in at most one of the first four lists. */
export interface RunComparison {
  readonly before: readonly RunRecord[]
  readonly after: readonly RunRecord[]
  /** Fails now and did not before; also what appeared and fails. */
  readonly newlyFailing: readonly ScenarioChange[]
  readonly fixed: readonly ScenarioChange[]
  readonly stillFailing: readonly ScenarioChange[]
  /** Came to a verdict before and has none now: skipped, inconclusive, or the run ended first. */
  readonly notJudged: readonly ScenarioChange[]
  readonly newlySlow: readonly SlowerScenario[]
  /** Scenarios of which there are too few durations for the rank test ever to find them slower. */
  readonly tooFewDurations: number
  readonly changedPath: readonly ChangedCall[]
  readonly appeared: readonly ScenarioRecord[]
  readonly gone: readonly ScenarioRecord[]
}

/** A scenario on both sides; `before` is absent where it appeared. */
export interface ScenarioChange {
  readonly before?: ScenarioRecord
  readonly after: ScenarioRecord
}

export interface SlowerScenario {
  readonly scenario: ScenarioRecord
  readonly medianBeforeMs: number
  readonly medianAfterMs: number
  readonly samplesBefore: number
  readonly samplesAfter: number
  /** Of the one-sided rank test. */
  readonly p: number
}

/** A call that goes another way than before. */
export interface ChangedCall {
  readonly scenario: ScenarioRecord
  readonly before: CallRecord
  readonly after: CallRecord
  /** The first visit that differs, counting from 0. */
  readonly differsAt: number
}

/**
 * Compares earlier runs with later ones: outcomes and paths of the last run of each side in which a scenario was judged, durations of all
 * of them. Neither side may be empty; the runs of a side are in the order of their time.
 */
export function compareRuns(before: readonly RunRecord[], after: readonly RunRecord[], options: ComparisonOptions = {}): RunComparison {
  const [old, current] = [latest(before), latest(after)]
  const changes = [...current.values()].map((scenario): ScenarioChange => {
    const earlier = old.get(scenario.id)
    return earlier ? { before: earlier, after: scenario } : { after: scenario }
  })
  const failedBefore = ({ before: earlier }: ScenarioChange): boolean => earlier !== undefined && isFailing(earlier)
  const failing = changes.filter((change) => isFailing(change.after))
  const durations = [...current.values()].map((scenario) => compareDurations(scenario, before, after, options))
  return {
    before,
    after,
    newlyFailing: failing.filter((change) => !failedBefore(change)),
    fixed: changes.filter((change) => failedBefore(change) && change.after.status === 'passed'),
    stillFailing: failing.filter(failedBefore),
    notJudged: changes.filter((change) => change.before && isJudged(change.before) && !isJudged(change.after)),
    newlySlow: durations.flatMap((result) => (typeof result === 'object' ? [result] : [])),
    tooFewDurations: durations.filter((result) => result === 'too few').length,
    changedPath: changes.flatMap(changedCalls),
    appeared: changes.filter((change) => !change.before).map((change) => change.after),
    gone: options.isPartial ? [] : [...old.values()].filter(({ id }) => !current.has(id)),
  }
}

/** Each scenario of the last run; where it has no verdict there, but had one in an earlier run of this side, that one. */
function latest(runs: readonly RunRecord[]): ReadonlyMap<string, ScenarioRecord> {
  const last = runs.at(-1)?.scenarios ?? new Map<string, ScenarioRecord>()
  return new Map([...last].map(([id, scenario]) => [id, isJudged(scenario) ? scenario : (lastJudged(runs, id) ?? scenario)]))
}

function lastJudged(runs: readonly RunRecord[], id: string): ScenarioRecord | undefined {
  return runs
    .map(({ scenarios }) => scenarios.get(id))
    .filter((scenario) => scenario !== undefined)
    .findLast(isJudged)
}

/** A scenario that is slower, or that nothing can be said of; `undefined` where it is as fast as before. */
function compareDurations(
  scenario: ScenarioRecord,
  before: readonly RunRecord[],
  after: readonly RunRecord[],
  { alpha = 0.001, slowdown = 1.2 }: ComparisonOptions,
): SlowerScenario | 'too few' | undefined {
  const [old, current] = [durationsOf(scenario.id, before), durationsOf(scenario.id, after)]
  if (old.length === 0 || current.length === 0) return undefined
  if (smallestP(old.length, current.length) >= alpha) return 'too few'
  const { p } = rankTest(current, old)
  const [medianBeforeMs, medianAfterMs] = [median(old), median(current)]
  if (p >= alpha || medianAfterMs < slowdown * medianBeforeMs) return undefined
  return { scenario, medianBeforeMs, medianAfterMs, samplesBefore: old.length, samplesAfter: current.length, p }
}

/** Only of the times that it passed: one that failed may have ended early. */
function durationsOf(id: string, runs: readonly RunRecord[]): number[] {
  return runs.flatMap(({ scenarios }) => scenarios.get(id)?.samplesMs ?? [])
}

/** Of all ways to deal the ranks, one puts all later durations on top: 1 of (m + n choose n). */
function smallestP(m: number, n: number): number {
  let ways = 1
  for (let index = 1; index <= n; index += 1) ways *= (m + index) / index
  return 1 / ways
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

/** Calls of the same step into the same flow whose ways differ. */
function changedCalls({ before, after }: ScenarioChange): ChangedCall[] {
  if (!before) return []
  return after.calls.flatMap((call) => {
    const earlier = before.calls.find(({ step, flowId }) => step === call.step && flowId === call.flowId)
    const differsAt = earlier ? firstDifference(earlier.path, call.path) : undefined
    return earlier && differsAt !== undefined ? [{ scenario: after, before: earlier, after: call, differsAt }] : []
  })
}

function firstDifference(one: readonly string[], other: readonly string[]): number | undefined {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) if (one[index] !== other[index]) return index
  return undefined
}
