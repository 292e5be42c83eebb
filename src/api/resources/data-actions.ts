import type { Json, JsonObject } from '../../model/json.ts'
import { decoder } from '../decode.ts'
import { segment } from '../segment.ts'
import type { Send } from '../send.ts'

export interface ExecutionRequest {
  readonly actionId: string
  readonly inputs: JsonObject
  /** Passed on as it is; `callbackUrl` is where the target posts what came of the execution. */
  readonly context: JsonObject
  /** A UUID; all further requests about the execution carry it too. */
  readonly correlationId: string
}

/** An execution that was accepted. */
export interface ExecutionJob {
  readonly executionId: string
  readonly status: string
  /** Until the target had accepted it, in milliseconds. */
  readonly latencyMs: number
}

/** Which execution is asked for. */
export interface ExecutionKey {
  readonly actionId: string
  readonly executionId: string
  readonly correlationId: string
}

/** How an execution is doing. It ends in `COMPLETED` or `FAILED`; the target is free to name what comes before. */
export interface Execution {
  readonly status: string
  readonly result?: Json
  readonly error?: Json
}

const toExecutionJob = decoder<Pick<ExecutionJob, 'executionId' | 'status'>>('execution-job')
const toExecution = decoder<Execution>('execution')

/** Starts an execution of a data action. Resolves once it is accepted; ask {@link getExecution} for its end. */
export async function startExecution(send: Send, { actionId, inputs, context, correlationId }: ExecutionRequest): Promise<ExecutionJob> {
  const answer = await send({
    api: 'data-actions',
    scopes: ['dx:actions:execute'],
    method: 'POST',
    path: `/api/v2/dx/actions/${segment(actionId)}/execute`,
    body: { inputs, context, asyncExecution: true },
    startsJob: true,
    correlationId,
  })
  const { executionId, status } = toExecutionJob(answer)
  return { executionId, status, latencyMs: answer.latencyMs }
}

/** Reads the state of an execution. Resolves with `undefined` where the target does not know it, or no longer does. */
export async function getExecution(send: Send, { actionId, executionId, correlationId }: ExecutionKey): Promise<Execution | undefined> {
  const answer = await send({
    api: 'data-action-status',
    scopes: ['dx:actions:read'],
    method: 'GET',
    path: `/api/v2/dx/actions/${segment(actionId)}/executions/${segment(executionId)}`,
    limitsOf: 'data-actions',
    correlationId,
    accepts: ({ status }) => status === 404,
  })
  return answer.status === 404 ? undefined : toExecution(answer)
}
