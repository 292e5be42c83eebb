import type { OutcomeStatus } from '../../model/outcome.ts'
import type { Colours } from '../colours.ts'
import type { ScenarioReport, Totals } from '../run-report.ts'

/** How an end is shown: a sign that is told apart without colours too, its colour, and its word. */
export interface Mark {
  readonly sign: string
  readonly paint: (colours: Colours) => (text: string) => string
  readonly word: string
}

/** The mark of each end of a scenario. */
export const marks: Readonly<Record<OutcomeStatus, Mark>> = {
  passed: { sign: '✓', paint: ({ green }) => green, word: 'passed' },
  failed: { sign: '✗', paint: ({ red }) => red, word: 'failed' },
  errored: { sign: '!', paint: ({ red }) => red, word: 'errored' },
  inconclusive: { sign: '?', paint: ({ yellow }) => yellow, word: 'inconclusive' },
  skipped: { sign: '-', paint: ({ cyan }) => cyan, word: 'skipped' },
  'not-run': { sign: '○', paint: ({ yellow }) => yellow, word: 'not run' },
}

/** The sign in its colour. */
export function signOf(status: OutcomeStatus, colours: Colours): string {
  const { sign, paint } = marks[status]
  return paint(colours)(sign)
}

/** The sign of a scenario: in yellow where it does not count. */
export function scenarioSign({ outcome, excuse }: Pick<ScenarioReport, 'outcome' | 'excuse'>, colours: Colours): string {
  return excuse ? colours.yellow(marks[outcome.status].sign) : signOf(outcome.status, colours)
}

/** The sign of a suite: that of the worst status that occurs and counts. */
export function suiteSign(totals: Totals, colours: Colours): string {
  const isExcused = totals.excused > 0 && totals.excused === totals.failed + totals.errored && totals.teardownsFailed === 0
  return isExcused ? colours.yellow(marks.failed.sign) : signOf(worstStatus(totals), colours)
}

/** The status that stands for all of them: the worst one that occurs. */
function worstStatus(totals: Totals): OutcomeStatus {
  if (totals.failed > 0) return 'failed'
  if (totals.errored > 0 || totals.teardownsFailed > 0) return 'errored'
  if (totals.notRun > 0) return 'not-run'
  if (totals.inconclusive > 0) return 'inconclusive'
  return totals.passed > 0 ? 'passed' : 'skipped'
}

/** `3 passed, 1 failed`, leaving out what did not occur. */
export function countWords(totals: Totals): string {
  const counts = [
    [totals.passed, 'passed'],
    [totals.failed, 'failed'],
    [totals.errored, 'errored'],
    [totals.inconclusive, 'inconclusive'],
    [totals.skipped, 'skipped'],
    [totals.notRun, 'not run'],
    [totals.excused, 'excused'],
  ] as const
  return counts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(', ')
}
