import type { Evidence } from '../model/evidence.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import type { SimulationObservation } from '../model/simulation.ts'
import { allOf, type Judgement, judgedBelow } from './expectation.ts'
import { malformed } from './malformed.ts'
import { notShown, ruled } from './ruling.ts'
import { counted } from './show.ts'
import { judgeCalls, lostCalls } from './shown-calls.ts'

/** Expects how many calls are in flight at once at the most: a number that is not passed, or `{ min, max }`. */
export function concurrency(expected: Json, observation: SimulationObservation): Judgement {
  if (typeof expected === 'number') return bound('max', expected, observation)
  if (!isJsonObject(expected)) return invalid(expected)
  const { min, max } = expected
  return allOf([
    ...(min === undefined ? [] : [judgedBelow('min', typeof min === 'number' ? bound('min', min, observation) : invalid(min))]),
    ...(max === undefined ? [] : [judgedBelow('max', typeof max === 'number' ? bound('max', max, observation) : invalid(max))]),
  ])
}

function invalid(got: Json): Judgement {
  return { findings: [malformed('a number of calls, or { max: 5 }', got)], evidence: [] }
}

function bound(kind: 'min' | 'max', expected: number, observation: SimulationObservation): Judgement {
  const words = `at ${kind === 'max' ? 'most' : 'least'} ${counted(expected, 'call')}`
  const claim = `${words} were in flight at once`
  return judgeCalls(observation, claim, expected, ({ inFlight }) => {
    if (!inFlight) return notShown(claim, expected, 'no call event tells when a call began or how long it took')
    const isMet = kind === 'max' ? inFlight.max <= expected : inFlight.max >= expected
    const evidence: Evidence = {
      claim,
      verdict: isMet ? 'met' : 'unmet',
      method: 'comparison',
      n: inFlight.calls,
      observed: inFlight.max,
      expected,
      ...lostCalls(observation),
    }
    return ruled(evidence, () => ({
      code: kind === 'max' ? 'TOO_MANY_CALLS_AT_ONCE' : 'TOO_FEW_CALLS_AT_ONCE',
      message: `${counted(inFlight.max, 'call')} were in flight at once, expected ${words}`,
    }))
  })
}
