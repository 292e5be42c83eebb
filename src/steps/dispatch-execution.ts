import { type ExecutionJob, startExecution } from '../api/resources/data-actions.ts'
import { ProblemError } from '../model/problem.ts'
import type { ExecutionOrder } from './execute.ts'
import type { StepContext } from './step-kind.ts'

/** An execution that the target has accepted. */
interface Dispatched {
  readonly job: ExecutionJob
  /** To be called once its end is observed: until then it is told as left, should the step end without a result. */
  readonly forget: () => void
}

/**
 * Starts an execution. The API has no way to look one up but by its id, nor to stop one: where nobody knows whether it was started, or
 * the step ends before it does, it is told as a job that was left, with the correlation id to look for it by.
 */
export async function dispatchExecution(order: ExecutionOrder, context: StepContext): Promise<Dispatched> {
  const { correlationId, actionId, inputs } = order
  const note = { job: 'execution', correlationId } as const
  let job: ExecutionJob | undefined
  const leave = (): void => context.note({ ...note, phase: 'left', ...(job ? { id: job.executionId } : {}) })
  context.note({ ...note, subject: actionId, phase: 'validated' })
  context.note({ ...note, phase: 'dispatched', payload: { actionId, inputs } })
  const forget = context.ifCut(async () => leave())
  try {
    job = await startExecution(context.send, order)
    return { job, forget }
  } catch (error) {
    if (context.signal.aborted) throw error
    forget()
    if (mayHaveStarted(error)) leave()
    throw error
  }
}

/** Unknown where the answer was lost, or was a success that cannot be read. */
function mayHaveStarted(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false
  const { code, details } = error.problem
  const status = details?.['status']
  return code === 'UNKNOWN_OUTCOME' || (typeof status === 'number' && status >= 200 && status < 300)
}
