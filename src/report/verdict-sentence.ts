import type { Totals } from './run-report.ts'
import { showCount } from './show.ts'

/** How a run ended, in one sentence. */
export function verdictSentence(totals: Totals): string {
  const { scenarios, passed, failed, errored, excused, skipped, filesRefused } = totals
  if (scenarios === 0 && filesRefused > 0) return 'No scenario could be run.'
  if (scenarios === 0) return 'No scenario was selected, so nothing was tested.'
  if (scenarios === skipped) return 'Every selected scenario was skipped, so nothing was tested.'
  if (passed === scenarios) return scenarios === 1 ? 'The scenario passed.' : `All ${scenarios} scenarios passed.`
  const bad = failed + errored - excused
  if (bad > 0) return `${bad} of ${showCount(scenarios, 'scenario')} did not pass.`
  const not = excused > 0 ? `, and ${excused} did not that ${excused === 1 ? 'does' : 'do'} not count` : ''
  return `${passed} of ${showCount(scenarios, 'scenario')} passed${not}.`
}
