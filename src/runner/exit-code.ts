import type { RunCounts } from './run-options.ts'

/** From the one that outweighs all others to the one that needs all to be well. */
const PRECEDENCE: readonly number[] = [70, 130, 143, 129, 2, 3, 1, 4, 0]

/**
 * The exit code that stands when several hold: a bug of ours (70) outweighs an interruption (130, 143), that a faulty file (2),
 * then what could not be judged (3), what failed (1) and a run of nothing (4). An unknown code counts as a bug.
 */
export function worstExitCode(codes: readonly number[]): number {
  return PRECEDENCE.find((code) => codes.includes(code) || (code === 70 && codes.some((other) => !PRECEDENCE.includes(other)))) ?? 0
}

/** What besides the counts decides how a run ended. */
export interface RunEnd {
  readonly bugs: number
  /** What an early end makes of the exit code: 130 or 143 after a signal, 3 after the limit of time or where the target blocked the run. */
  readonly endedWith?: number | undefined
  readonly passWithNoTests?: boolean | undefined
}

/** The exit code of a run, from what was counted. */
export function exitCodeOf(counts: RunCounts, end: RunEnd): number {
  const nothingRan = counts.passed + counts.failed + counts.errored + counts.inconclusive + counts.notRun + counts.excused === 0
  return worstExitCode([
    end.bugs > 0 ? 70 : 0,
    end.endedWith ?? 0,
    counts.filesRefused > 0 ? 2 : 0,
    counts.errored > 0 || counts.teardownsFailed > 0 ? 3 : 0,
    counts.failed > 0 ? 1 : 0,
    nothingRan && !end.passWithNoTests ? 4 : 0,
  ])
}
