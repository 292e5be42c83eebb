import { type Execution, type ExecutionJob, getExecution } from '../api/resources/data-actions.ts'
import type { JobFacts } from '../model/event.ts'
import type { CallbackBox } from './callback-box.ts'
import type { ExecutionObservation, ExecutionOrder, ExecutionStatus } from './execute.ts'
import { reasonIn } from './execution-disappoints.ts'
import type { JobLife } from './job-life.ts'
import { pollJob } from './poll-job.ts'
import type { StepContext } from './step-kind.ts'

/** What became of an execution. */
type ExecutionEnd = Omit<ExecutionObservation, 'actionId' | 'executionId' | 'correlationId'>

/** An execution that the target has accepted, and who waits for it. */
interface Awaited {
  readonly order: ExecutionOrder
  readonly job: ExecutionJob
  readonly context: StepContext
}

interface State extends Execution {
  /** With `TIMEOUT`: what the target called it when it was last seen. */
  readonly lastStatus?: string
}

const ENDS = ['COMPLETED', 'FAILED', 'NOT_FOUND', 'TIMEOUT'] as const satisfies readonly ExecutionStatus[]

/** The API names only the ends; `TIMEOUT` is ours. */
const LIFE: JobLife = { open: 'any', ended: ENDS.filter((end) => end !== 'TIMEOUT') }

/** Soon at first, since most data actions are quick, then every 2 s as the API asks. */
const PACE = { firstMs: 100, everyMs: 2_000 }

/** Asks for the end of an execution until there is one, at most as long as its order says: then its outcome is `TIMEOUT`. */
export async function pollExecution(awaited: Awaited): Promise<ExecutionEnd> {
  const { order, job, context } = awaited
  const { state, durationMs } = await pollJob<State>(
    {
      kind: 'execution',
      id: job.executionId,
      name: `execution ${job.executionId} of data action "${order.actionId}"`,
      status: job.status,
      life: LIFE,
      look: () => look(awaited),
      pace: PACE,
      alike: order.actionId,
      facts: (state) => factsOf(order, state),
      lateness: { afterMs: order.timeoutMs, state: late },
    },
    context,
  )
  return endOf(awaited, state, { afterMs: durationMs, toldBy: 'poll' })
}

/** Waits until the target tells the end of an execution. What it has not told when the time is over is settled by asking once. */
export async function awaitCallback(awaited: Awaited, box: CallbackBox): Promise<ExecutionEnd> {
  const { order, job, context } = awaited
  const { timeoutMs } = order
  const tell = (status: string, state?: State): void => {
    const ended = LIFE.ended.includes(status)
    context.job({ job: 'execution', id: job.executionId, status, ...(ended ? { ended } : {}), ...factsOf(order, state) })
  }
  tell(job.status)
  const told = await box.endOf(job.executionId, timeoutMs)
  const state = told?.execution ?? (await look(awaited))
  if (state.status !== job.status) tell(state.status, state)
  if (told) return endOf(awaited, state, { afterMs: told.afterMs, toldBy: 'callback' })
  return endOf(awaited, isEnd(state.status) ? state : late(state.status), { afterMs: timeoutMs, toldBy: 'poll' })
}

async function look({ order, job, context }: Awaited): Promise<State> {
  const { actionId, correlationId } = order
  const execution = await getExecution(context.send, { actionId, executionId: job.executionId, correlationId })
  return execution ?? { status: 'NOT_FOUND' }
}

/** What the record of the run holds beside the status. */
function factsOf({ correlationId }: ExecutionOrder, state: State | undefined): JobFacts {
  const { result, error } = state ?? {}
  return {
    correlationId,
    ...(result === undefined || result === null ? {} : { result }),
    ...(error === undefined || error === null ? {} : { error: reasonIn(error) }),
  }
}

function late(lastStatus: string): State {
  return { status: 'TIMEOUT', lastStatus }
}

interface News {
  readonly afterMs: number
  readonly toldBy: ExecutionObservation['toldBy']
}

function endOf({ order, job, context }: Awaited, state: State, { afterMs, toldBy }: News): ExecutionEnd {
  const { status, lastStatus, result, error } = state
  if (!isEnd(status)) throw new TypeError(`an execution that is ${status} has not ended`)
  // The target goes on with what we do not wait for any longer, and the API cannot stop it.
  if (status === 'TIMEOUT')
    context.note({
      job: 'execution',
      id: job.executionId,
      correlationId: order.correlationId,
      phase: 'left',
      error: 'it was not done in time',
    })
  return {
    status,
    ...(lastStatus === undefined ? {} : { lastStatus }),
    ...(result === undefined || result === null ? {} : { result }),
    ...(error === undefined || error === null ? {} : { error }),
    latencyMs: Math.round(job.latencyMs + afterMs),
    toldBy,
  }
}

function isEnd(status: string): status is ExecutionStatus {
  return ENDS.some((end) => end === status)
}
