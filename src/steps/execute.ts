import { duration } from '../assertions/duration.ts'
import { executionError } from '../assertions/execution-error.ts'
import { matchValue } from '../assertions/match-value.ts'
import { status } from '../assertions/status.ts'
import { checkExecution } from '../model/check-execution.ts'
import { parseDuration } from '../model/duration.ts'
import type { Json, JsonObject } from '../model/json.ts'
import { ProblemError } from '../model/problem.ts'
import { awaitCallback, pollExecution } from './await-execution.ts'
import { openCallbackBox } from './callback-box.ts'
import { correlationIdOf } from './correlation-id.ts'
import { dispatchExecution } from './dispatch-execution.ts'
import { executionDisappoints } from './execution-disappoints.ts'
import { objectOf, textOf } from './step-input.ts'
import type { StepContext, StepKind } from './step-kind.ts'

/** How an execution of a data action ended, as far as we waited for it. */
export type ExecutionStatus =
  | 'COMPLETED'
  | 'FAILED'
  /** The target does not know it, or no longer does. */
  | 'NOT_FOUND'
  /** It was not done in time. */
  | 'TIMEOUT'

/** An execution of a data action. A type and no interface, so that it is JSON as it stands. */
export type ExecutionObservation = {
  readonly actionId: string
  readonly executionId: string
  /** Of every request about it. */
  readonly correlationId: string
  readonly status: ExecutionStatus
  /** What the target called its status when it was last seen, where it did not come to an end. */
  readonly lastStatus?: string
  readonly result?: Json
  readonly error?: Json
  /** From the request to the news of its end; without such news, how long we waited. In milliseconds. */
  readonly latencyMs: number
  /** How its end was learnt. */
  readonly toldBy: 'poll' | 'callback'
}

/** What a step says of an execution, with everything that was left out filled in. */
export interface ExecutionOrder {
  readonly actionId: string
  readonly inputs: JsonObject
  readonly context: JsonObject
  readonly timeoutMs: number
  readonly correlationId: string
}

const USUAL_TIMEOUT_MS = 30_000

/** For the request that starts it, and for the last look, beside the time-out of the execution itself. */
const STARTING_MS = 30_000

/** Executes a data action and waits for its end; one that fails, is unknown or takes too long is an observation like any other. */
export const execute: StepKind<ExecutionObservation> = {
  key: 'execute',
  run: (input, context) => context.openJob(() => runExecution(input, context)),
  needsMs: ({ timeout }) => (typeof timeout === 'string' ? (parseDuration(timeout) ?? 0) + STARTING_MS : undefined),
  receives: (input) => input['callback'] === true,
  expectations: {
    status: (expected, observation) => status(expected, observation.status),
    result: (expected, observation) => matchValue(expected, observation.result, 'result'),
    error: (expected, observation) => executionError(expected, observation.error),
    latency: (expected, observation) => duration(expected, observation.latencyMs, 'the execution'),
  },
  implied: executionDisappoints,
  outputs: (observation) => observation,
}

async function runExecution(input: JsonObject, context: StepContext): Promise<ExecutionObservation> {
  const order = orderOf(input, context)
  const box = input['callback'] === true ? await openCallbackBox(context) : undefined
  const { job, forget } = await dispatchExecution(box ? withCallback(order, box.url) : order, context)
  const awaited = { order, job, context }
  const end = await (box ? awaitCallback(awaited, box) : pollExecution(awaited))
  forget()
  const { actionId, correlationId } = order
  return { actionId, executionId: job.executionId, correlationId, ...end }
}

function orderOf(input: JsonObject, context: StepContext): ExecutionOrder {
  requireAllowed(input, context)
  return {
    actionId: textOf(input, 'actionId') ?? '',
    inputs: objectOf(input, 'inputs') ?? {},
    context: objectOf(input, 'context') ?? {},
    timeoutMs: parseDuration(textOf(input, 'timeout') ?? '') ?? USUAL_TIMEOUT_MS,
    correlationId: correlationIdOf(context.origin),
  }
}

function withCallback(order: ExecutionOrder, callbackUrl: string): ExecutionOrder {
  return { ...order, context: { ...order.context, callbackUrl } }
}

/** Placeholders may have brought what the reader of the file could not see. */
function requireAllowed(input: JsonObject, { settings }: StepContext): void {
  const [fault] = checkExecution(input, settings.executions)
  if (fault) throw new ProblemError({ code: 'INVALID_STEP', message: `${fault.message}; nothing was sent`, advice: fault.advice })
}
