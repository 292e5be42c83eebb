import type { Totals } from './run-report.ts'
import { showCount } from './show.ts'

/** How a run ended, in one sentence. */
export function verdictSentence({ scenarios, passed, failed, errored, skipped, filesRefused }: Totals): string {
  if (scenarios === 0 && filesRefused > 0) return 'No scenario could be run.'
  if (scenarios === 0) return 'No scenario was selected, so nothing was tested.'
  if (scenarios === skipped) return 'Every selected scenario was skipped, so nothing was tested.'
  if (passed === scenarios) return scenarios === 1 ? 'The scenario passed.' : `All ${scenarios} scenarios passed.`
  const bad = failed + errored
  if (bad > 0) return `${bad} of ${showCount(scenarios, 'scenario')} did not pass.`
  return `${passed} of ${showCount(scenarios, 'scenario')} passed.`
}
