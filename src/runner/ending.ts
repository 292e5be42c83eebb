import { formatDuration } from '../model/duration.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Problem } from '../model/problem.ts'
import { Breakdown, Interruption } from './interruption.ts'

/** Why a run ends before everything has run, and what that makes of what is left. */
export interface Ending {
  /** For a person: the `interruption` of `run-finished`. */
  readonly why: string
  /** What it makes of the exit code; absent: nothing. */
  readonly exitCode?: number
  /** Cuts short what runs; absent: that comes to its own end. */
  readonly cut?: Problem
  /** The outcome of a scenario that came to no verdict because of it. */
  readonly outcome: (problem: Problem) => Outcome
}

/** A signal or a breakdown: everything ends, whatever it is doing. A reason that is neither counts as SIGINT. */
export function interruptedBy(reason: unknown): Ending {
  const { message, exitCode } = reason instanceof Interruption || reason instanceof Breakdown ? reason : new Interruption('SIGINT')
  return { why: message, exitCode, cut: { code: 'ABORTED', message }, outcome: interrupted }
}

/** The run reached its limit of time. */
export function outOfTime(limitMs: number): Ending {
  const message = `the run took longer than ${formatDuration(limitMs)}, its limit of time`
  return { why: message, exitCode: 3, cut: { code: 'TIMEOUT', message, details: { limit: 'run', limitMs } }, outcome: interrupted }
}

/** Too many scenarios did not pass. */
export function bailedOut(bail: number): Ending {
  const why = `--bail ${bail}: stopped after ${bail === 1 ? 'the first scenario' : `${bail} scenarios`} that did not pass`
  return { why, outcome: () => ({ status: 'not-run', cause: 'stopped', reason: why }) }
}

function interrupted(problem: Problem): Outcome {
  return { status: 'not-run', cause: 'interrupted', reason: problem.message }
}
