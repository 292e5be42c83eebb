import type { OutcomeStatus } from '../model/outcome.ts'
import { type PassRate, passRates } from './pass-rates.ts'
import { isJudged, type RunRecord } from './run-record.ts'

/** Many runs, in the order of their time, and what they tell of each scenario. */
export interface History {
  readonly runs: readonly RunSummary[]
  /** Scenarios that sometimes pass and sometimes do not, or not on the first try; the least reliable ones first. */
  readonly unsteady: readonly PassRate[]
}

/** One run as a point of a trend. */
export interface RunSummary {
  readonly source: string
  readonly runId: string
  /** RFC 3339, UTC. */
  readonly startedAt: string
  readonly target: string
  readonly isComplete: boolean
  readonly scenarios: number
  readonly passed: number
  readonly flaky: number
  readonly failed: number
  readonly errored: number
  /** Skipped, inconclusive or not run. */
  readonly notJudged: number
  /** Of those that were judged, how many passed, within 0…1; absent where none was. */
  readonly passRate?: number
  readonly durationMs: number
}

/** The trend over runs, in whatever order they come. */
export function historyOf(runs: readonly RunRecord[]): History {
  const inOrder = inOrderOfTime(runs)
  return { runs: inOrder.map(summaryOf), unsteady: passRates(inOrder).filter(({ isUnsteady }) => isUnsteady) }
}

/** From the oldest to the latest. */
export function inOrderOfTime(runs: readonly RunRecord[]): RunRecord[] {
  return runs.toSorted((one, other) => Date.parse(one.started.startedAt) - Date.parse(other.started.startedAt))
}

function summaryOf({ source, started, isComplete, scenarios, durationMs }: RunRecord): RunSummary {
  const all = [...scenarios.values()]
  const ended = (status: OutcomeStatus): number => all.filter((scenario) => scenario.status === status).length
  const judged = all.filter(isJudged).length
  return {
    source,
    runId: started.runId,
    startedAt: started.startedAt,
    target: started.target.name,
    isComplete,
    scenarios: all.length,
    passed: ended('passed'),
    flaky: all.filter(({ isFlaky }) => isFlaky).length,
    failed: ended('failed'),
    errored: ended('errored'),
    notJudged: all.length - judged,
    ...(judged > 0 ? { passRate: ended('passed') / judged } : {}),
    durationMs,
  }
}
