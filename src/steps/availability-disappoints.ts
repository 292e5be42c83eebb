import { meetsValue } from '../assertions/match-value.ts'
import { counted, listed } from '../assertions/show.ts'
import type { Finding } from '../model/finding.ts'
import type { JsonObject } from '../model/json.ts'
import type { AvailabilityObservation } from './set-availability.ts'

/** A change has to be made, unless the author expects that it is refused, or that others are faster to the end. */
export function availabilityDisappoints(expect: JsonObject, observation: AvailabilityObservation): readonly Finding[] {
  const { outcome } = observation
  if (outcome === 'refused') return expect['refused'] === undefined ? [refusedUnexpectedly(observation)] : []
  if (outcome === 'conflict') return expectsToLose(expect, observation) ? [] : [lost(observation)]
  const isAnother = outcome === 'changed' && observation.workModeId !== observation.requestedWorkModeId
  return isAnother && expect['workModeId'] === undefined ? [another(observation)] : []
}

function another({ agentId, workModeId, requestedWorkModeId }: AvailabilityObservation): Finding {
  return {
    code: 'WORK_MODE_DIFFERS',
    message: `agent "${agentId}" was to change to "${requestedWorkModeId}", and the target answered that it is in "${workModeId}"`,
    expected: requestedWorkModeId,
    actual: workModeId ?? null,
  }
}

function refusedUnexpectedly({ agentId, refused }: AvailabilityObservation): Finding {
  const codes = [...new Set(refused.map(({ code }) => code))]
  return {
    code: 'CHANGE_REFUSED',
    message: `the change of agent "${agentId}" was not sent, since it is refused: ${listed(codes, 'and')}`,
    actual: codes,
    details: refused.map(({ code, message }) => `${code}: ${message}`),
    advice: `where that is meant to happen, write expect: { refused: [${codes.join(', ')}] }`,
  }
}

/** The number of conflicts is expected that it was, and no smaller one would have done. */
function expectsToLose(expect: JsonObject, { conflicts }: AvailabilityObservation): boolean {
  const expected = expect['conflicts']
  if (expected === undefined) return false
  return Array.from({ length: conflicts }, (_, fewer) => fewer).every((fewer) => !meetsValue(expected, fewer))
}

function lost({ agentId, conflicts }: AvailabilityObservation): Finding {
  return {
    code: 'CHANGE_LOST',
    message: `agent "${agentId}" was not changed: in each of the tries somebody else had changed it meanwhile (${counted(conflicts, 'conflict')})`,
    actual: conflicts,
    advice: 'where scenarios share the agent, name it as their resource; where others are meant to be faster, expect that many conflicts',
  }
}
