import { isJsonObject, type JsonObject } from './json.ts'
import type { Pointer } from './place.ts'

/** What is configured about executions of data actions, as far as it decides whether one can be asked for. */
export interface ExecutionRules {
  /** Addresses that may stand as `context.callbackUrl`, letter by letter. */
  readonly callbackUrls: readonly string[]
}

/** Something that keeps an execution from being asked for. */
export interface ExecutionFault {
  readonly code: 'INVALID_EXECUTION'
  readonly message: string
  readonly expected: string
  readonly advice: string
  /** The value at fault, from the input of the step. */
  readonly at: Pointer
}

/** What no schema can say of an execution: a scenario must not be able to have results sent to whom it likes. */
export function checkExecution({ context, callback }: JsonObject, { callbackUrls }: ExecutionRules): ExecutionFault[] {
  const callbackUrl = isJsonObject(context) ? context['callbackUrl'] : undefined
  if (callbackUrl === undefined) return []
  const at = ['context', 'callbackUrl']
  if (callback === true) {
    const message = 'callback: true and callbackUrl stand beside each other'
    return [{ code: 'INVALID_EXECUTION', message, expected: 'one of them', advice: 'the result is sent to one address only', at }]
  }
  if (callbackUrls.some((url) => url === callbackUrl)) return []
  return [
    {
      code: 'INVALID_EXECUTION',
      message: `context.callbackUrl is ${JSON.stringify(callbackUrl)}, which a scenario may not choose`,
      expected: callbackUrls.length > 0 ? callbackUrls.join(', ') : 'an address that the configuration allows',
      advice: 'write callback: true to get the result here, or add the address to executions.callbackUrls in the configuration',
      at,
    },
  ]
}
