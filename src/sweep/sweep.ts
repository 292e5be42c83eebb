import type { Send } from '../api/send.ts'
import { type Problem, ProblemError } from '../model/problem.ts'
import type { LeftJob } from './left-jobs.ts'
import { type SweepOptions, type Swept, sweepJob } from './sweep-job.ts'

/** A job that could not be looked after. */
interface Unswept {
  readonly job: LeftJob
  readonly state: 'failed'
  readonly message: string
  readonly problem: Problem
}

export type SweepResult = Swept | Unswept

/**
 * Looks after jobs one after the other, and yields what came of each as soon as it is known. What goes wrong with one leaves the others
 * alone, unless nothing at the target can work. Rejects with the signal's reason where the requests are aborted.
 */
export async function* sweep(send: Send, jobs: readonly LeftJob[], options: SweepOptions): AsyncGenerator<SweepResult> {
  let blocked: Problem | undefined
  for (const job of jobs) {
    try {
      if (blocked) throw new ProblemError(blocked)
      yield* await sweepJob(send, job, options)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      const { problem } = error
      if (problem.blocks === 'target') blocked = problem
      yield { job, state: 'failed', message: problem.message, problem }
    }
  }
}
