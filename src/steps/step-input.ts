import { isJsonObject, type JsonObject } from '../model/json.ts'
import { ProblemError } from '../model/problem.ts'

/** The flow that a step is about. Throws a `ProblemError` (`INVALID_STEP`) where neither the step nor its file names one. */
export function flowIdOf(input: JsonObject): string {
  const flowId = textOf(input, 'flowId')
  if (flowId !== undefined) return flowId
  throw new ProblemError({
    code: 'INVALID_STEP',
    message: 'the step names no flow',
    advice: 'write flowId in the step, or flow at the top of the file',
  })
}

/** A field that is a text; `undefined` for anything else. The schema has refused other types before. */
export function textOf(input: JsonObject, field: string): string | undefined {
  const value = input[field]
  return typeof value === 'string' ? value : undefined
}

/** A field that is a number; `undefined` for anything else. */
export function numberOf(input: JsonObject, field: string): number | undefined {
  const value = input[field]
  return typeof value === 'number' ? value : undefined
}

/** A field that is an object; `undefined` for anything else. */
export function objectOf(input: JsonObject, field: string): JsonObject | undefined {
  const value = input[field]
  return isJsonObject(value) ? value : undefined
}
