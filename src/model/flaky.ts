import type { Outcome } from './outcome.ts'

/** Code of the finding of a scenario that passed on a later try, where that counts as failed. */
export const FLAKY = 'FLAKY'

/** Whether a scenario passed, but not on the first of its `tries`, whatever that counts for. */
export function isFlakyOutcome(outcome: Outcome, tries: number): boolean {
  if (outcome.status === 'failed') return outcome.findings[0]?.code === FLAKY
  return outcome.status === 'passed' && tries > 1
}
