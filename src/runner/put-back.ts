import { type Problem, ProblemError } from '../model/problem.ts'
import type { EndContext, StepContext } from '../steps/step-kind.ts'
import type { Deadline } from './deadlines.ts'
import { requestTeller } from './request-teller.ts'
import { Scope } from './scope.ts'
import type { StepAtWork } from './step-context.ts'
import type { Stretch } from './stretch.ts'

/** Something that a step wants to be put back when its scenario is over. */
export interface PutBack {
  /** The step; its requests are told as that step's. */
  readonly work: StepAtWork
  readonly run: Parameters<StepContext['atEnd']>[0]
  /** How the step tells of its jobs. */
  readonly tell: Pick<StepContext, 'job' | 'note'>
}

/** Puts one thing back, as a part of the teardown. Resolves with the problem that kept it from that, if any. */
export async function putBack({ work, run: tidy, tell }: PutBack, stretch: Stretch, deadline: Deadline): Promise<Problem | undefined> {
  const { run } = work.part.attempt
  const scope = new Scope()
  stretch.at((problem) => scope.cut(problem))
  try {
    if (scope.problem) return scope.problem
    await scope.race(tidy({ ...tell, ...endContext({ ...work, scope }, deadline) }))
    return undefined
  } catch (error) {
    return error instanceof ProblemError ? error.problem : run.bug(error)
  } finally {
    stretch.at(undefined)
  }
}

function endContext(work: StepAtWork, deadline: Deadline): Omit<EndContext, keyof PutBack['tell']> {
  const { client, clock } = work.part.attempt.run.world
  const { signal } = work.scope
  const send = client.with({
    signal,
    get deadlineAtMs() {
      return deadline.atMs
    },
    observe: requestTeller(work),
  })
  return { send, clock, signal }
}
