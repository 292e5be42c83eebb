import type { OutcomeStatus } from '../model/outcome.ts'
import type { RequestReport, ScenarioReport, Totals } from './run-report.ts'

/** {@link Totals} while they are being counted. */
export type Tally = { -readonly [name in keyof Totals]: number }

const COUNTED_AS: Readonly<Record<OutcomeStatus, 'passed' | 'failed' | 'errored' | 'inconclusive' | 'skipped' | 'notRun'>> = {
  passed: 'passed',
  failed: 'failed',
  errored: 'errored',
  inconclusive: 'inconclusive',
  skipped: 'skipped',
  'not-run': 'notRun',
}

/** Nothing counted yet. */
export function emptyTally(): Tally {
  return {
    scenarios: 0,
    passed: 0,
    flaky: 0,
    excused: 0,
    failed: 0,
    errored: 0,
    inconclusive: 0,
    skipped: 0,
    notRun: 0,
    filesRefused: 0,
    teardownsFailed: 0,
    triesAgain: 0,
    requests: 0,
    requestsAgain: 0,
  }
}

/** Adds a scenario that has come to its end, with its tries and requests. */
export function countScenario(tally: Tally, scenario: ScenarioReport): void {
  tally.scenarios += 1
  tally[COUNTED_AS[scenario.outcome.status]] += 1
  if (scenario.isFlaky) tally.flaky += 1
  if (scenario.excuse) tally.excused += 1
  tally.triesAgain += Math.max(0, scenario.tries.length - 1)
  for (const { steps } of scenario.tries) for (const { requests } of steps) countRequests(tally, requests)
}

function countRequests(tally: Tally, requests: readonly RequestReport[]): void {
  tally.requests += requests.length
  for (const { retries } of requests) tally.requestsAgain += retries.length
}
