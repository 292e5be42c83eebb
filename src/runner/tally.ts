import type { Excuse } from '../model/excuse.ts'
import { isFlakyOutcome } from '../model/flaky.ts'
import type { Outcome } from '../model/outcome.ts'
import type { RunCounts } from './run-options.ts'

/** Counts how scenarios end. */
export class Tally {
  readonly counts: { -readonly [name in keyof RunCounts]: number } = {
    passed: 0,
    failed: 0,
    errored: 0,
    skipped: 0,
    inconclusive: 0,
    notRun: 0,
    flaky: 0,
    excused: 0,
    filesRefused: 0,
    teardownsFailed: 0,
  }

  /** The longest duration of a scenario so far, in milliseconds. */
  longestMs = 0

  /** `tries`: how many there were. */
  add(outcome: Outcome, tries: number, durationMs: number, excuse?: Excuse): void {
    this.longestMs = Math.max(this.longestMs, durationMs)
    if (excuse) {
      this.counts.excused += 1
      return
    }
    this.counts[outcome.status === 'not-run' ? 'notRun' : outcome.status] += 1
    if (isFlakyOutcome(outcome, tries)) this.counts.flaky += 1
  }
}
