import type { Finding } from '../../model/finding.ts'
import type { JsonObject } from '../../model/json.ts'
import type { SimulationObservation } from '../../model/simulation.ts'

/** So large a share of calls may be missing without a word: with so few, what the others show hardly changes. */
const TOLERATED_LOSS = 0.02

/**
 * What keeps a simulation from being taken at its word, although nobody asked: it failed where that was not expected, or what was told of
 * its calls does not fit to its counters. The latter is a doubt and no failure.
 */
export function simulationDoubts(expect: JsonObject, observation: SimulationObservation): readonly Finding[] {
  return [...unexpectedEnd(expect, observation), ...eventDoubts(observation)]
}

function unexpectedEnd(expect: JsonObject, { state, simulationId, errors }: SimulationObservation): Finding[] {
  if (state === 'completed' || expect['state'] !== undefined || expect['errors'] !== undefined) return []
  return [
    {
      code: 'SIMULATION_FAILED',
      message: `the simulation ${simulationId} ended as ${JSON.stringify(state)}`,
      expected: 'completed',
      actual: state,
      details: errors.map(({ code, message }) => `${code}: ${message}`),
      advice: 'where it is meant to fail, expect state: failed',
    },
  ]
}

function eventDoubts({ events, calls, callsAttempted }: SimulationObservation): Finding[] {
  if (!events || !calls) return []
  const { lost, surplus, unknown, unknownStates } = events
  return [
    ...(lost > callsAttempted * TOLERATED_LOSS ? [doubt('CALLS_MISSING', missing(lost, callsAttempted), WHEN_MISSING)] : []),
    ...(surplus > 0 ? [doubt('CALLS_IN_EXCESS', inExcess(surplus, callsAttempted), WHEN_UNFIT)] : []),
    ...(calls.contradictory > 0 ? [doubt('CALLS_CONTRADICTORY', contradictory(calls.contradictory), WHEN_UNFIT)] : []),
    ...(unknownStates.length > 0 ? [doubt('CALL_STATE_UNKNOWN', unknownStatesOf(unknown, unknownStates), WHEN_UNKNOWN)] : []),
  ]
}

const WHEN_MISSING = 'look whether the target reaches the receiver, and whether it is given up before all events are delivered'
const WHEN_UNFIT = 'what was told of the calls cannot be trusted: look at the events in the platform'
const WHEN_UNKNOWN = 'say under simulations.callStates of the configuration what these names mean'

function missing(lost: number, attempted: number): string {
  return `of ${lost} of ${attempted} calls no end was told, so the others may not stand for all`
}

function inExcess(surplus: number, attempted: number): string {
  return `events tell of ${surplus} more ${surplus === 1 ? 'call' : 'calls'} than the ${attempted} that the simulation counts`
}

function contradictory(count: number): string {
  return `${count} ${count === 1 ? 'call' : 'calls'} ended with different outcomes at once`
}

function unknownStatesOf(unknown: number, names: readonly string[]): string {
  return `${unknown} ${unknown === 1 ? 'event' : 'events'} could not be understood: nobody knows the ${names.length === 1 ? 'state' : 'states'} ${names.map((name) => JSON.stringify(name)).join(', ')} of calls`
}

function doubt(code: string, message: string, advice: string): Finding {
  return { code, message, advice, inconclusive: true }
}
