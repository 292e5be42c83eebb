import { ProblemError } from '../model/problem.ts'

/** The answer to a request about a flow; where the target does not know the flow, the problem points at the step's `flowId`. */
export async function aboutFlow<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'NOT_FOUND') throw error
    throw new ProblemError({ ...error.problem, at: ['flowId'] }, { cause: error })
  }
}
