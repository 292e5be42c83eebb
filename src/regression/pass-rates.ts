import type { Interval } from '../model/evidence.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { isJudged, type RunRecord, type ScenarioRecord } from './run-record.ts'

/** How often one scenario passed over many runs. */
export interface PassRate {
  /** As it was last seen. */
  readonly scenario: ScenarioRecord
  /** Runs in which it came to a verdict. */
  readonly judged: number
  readonly passed: number
  /** Runs in which it passed, but not on the first try. */
  readonly flaky: number
  /** Times that its verdict differs from that of the run before. */
  readonly turns: number
  /** In which its true pass rate lies. */
  readonly interval: Interval
  /** Sometimes it passes and sometimes not, or not on the first try. */
  readonly isUnsteady: boolean
}

type Counts = { -readonly [name in 'scenario' | 'judged' | 'passed' | 'flaky' | 'turns']: PassRate[name] }

/**
 * The pass rate of each scenario that was ever judged, in the runs given in the order of their time, with the interval of Wilson; the least
 * reliable ones first.
 */
export function passRates(runs: readonly RunRecord[], confidence = 0.95): PassRate[] {
  const byId = new Map<string, Counts>()
  for (const { scenarios } of runs) for (const scenario of scenarios.values()) if (isJudged(scenario)) count(byId, scenario)
  return [...byId.values()].map((counts) => withInterval(counts, confidence)).sort((one, other) => shareOf(one) - shareOf(other))
}

function count(byId: Map<string, Counts>, scenario: ScenarioRecord): void {
  const counts = byId.get(scenario.id) ?? { scenario, judged: 0, passed: 0, flaky: 0, turns: 0 }
  if ((counts.scenario.status === 'passed') !== (scenario.status === 'passed')) counts.turns += 1
  counts.scenario = scenario
  counts.judged += 1
  if (scenario.status === 'passed') counts.passed += 1
  if (scenario.isFlaky) counts.flaky += 1
  byId.set(scenario.id, counts)
}

function withInterval(counts: Counts, confidence: number): PassRate {
  const { judged, passed, flaky } = counts
  const interval = wilsonInterval(passed, judged, confidence)
  return { ...counts, interval, isUnsteady: flaky > 0 || (passed > 0 && passed < judged) }
}

/** A try that did not pass counts against a scenario that passed later. */
function shareOf({ passed, flaky, judged }: PassRate): number {
  return (passed - flaky / 2) / judged
}
