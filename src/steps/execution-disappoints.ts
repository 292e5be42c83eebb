import { show } from '../assertions/show.ts'
import { formatDuration } from '../model/duration.ts'
import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { ExecutionObservation } from './execute.ts'

/** An execution has to end in `COMPLETED`, unless the author expects a status or an error. */
export function executionDisappoints(expect: JsonObject, observation: ExecutionObservation): readonly Finding[] {
  const { status, actionId, executionId } = observation
  if (status === 'COMPLETED' || expect['status'] !== undefined || expectsError(expect['error'])) return []
  return [
    {
      code: `EXECUTION_${status}`,
      message: `execution ${executionId} of data action "${actionId}" ${whatHappened(observation)}`,
      expected: 'COMPLETED',
      actual: status,
      advice: `where that is meant to happen, write expect: { status: ${status} }`,
    },
  ]
}

function whatHappened({ status, error, latencyMs, lastStatus }: ExecutionObservation): string {
  if (status === 'NOT_FOUND') return 'is unknown to the target, or has expired'
  if (status === 'TIMEOUT') return `was not done after ${formatDuration(latencyMs)}: it was ${lastStatus ?? 'not seen'} when last seen`
  return error === undefined ? `ended ${status}` : `ended ${status}: ${reasonIn(error)}`
}

/** An error of a data action in words: a text as it is, the message of an object, anything else as JSON. */
export function reasonIn(error: Json): string {
  if (typeof error === 'string') return error
  const message = isJsonObject(error) ? error['message'] : undefined
  return typeof message === 'string' ? message : show(error)
}

function expectsError(error: Json | undefined): boolean {
  return error !== undefined && error !== 'none'
}
