import { isDeepStrictEqual } from 'node:util'
import { parseDuration } from '../../model/duration.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { Action, ActionAnswer } from './action.ts'
import { fill } from './fill.ts'

/** How an execution will go. */
export interface ExecutionPlan {
  readonly delayMs: number
  readonly end: { readonly status: 'COMPLETED'; readonly result: Json } | { readonly status: 'FAILED'; readonly error: JsonObject }
}

const USUAL_DELAY_MS = 200

/** What an action makes of its inputs. `hasFailed`: this execution fails for no reason of its own. */
export function planExecution(action: Action, inputs: JsonObject, hasFailed: boolean): ExecutionPlan {
  const answer: ActionAnswer = action.cases?.find((one) => fits(one.inputs, inputs)) ?? action
  const delay = answer.delay ?? action.delay
  const delayMs = (delay === undefined ? undefined : parseDuration(delay)) ?? USUAL_DELAY_MS
  if (hasFailed) return { delayMs, end: failure({ code: 'ACTION_FAILED', message: 'the action failed' }, inputs) }
  if (answer.error) return { delayMs, end: failure(answer.error, inputs) }
  return { delayMs, end: { status: 'COMPLETED', result: fill(answer.result ?? {}, inputs) } }
}

function failure({ code, message }: NonNullable<ActionAnswer['error']>, inputs: JsonObject): ExecutionPlan['end'] {
  return { status: 'FAILED', error: { code, message: String(fill(message, inputs)) } }
}

function fits(wanted: JsonObject, inputs: JsonObject): boolean {
  return Object.entries(wanted).every(([name, value]) => isDeepStrictEqual(inputs[name], value))
}
