import type { Evidence } from '../model/evidence.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { SimulatedCalls, SimulationObservation } from '../model/simulation.ts'
import { checkMatchers } from './check-matchers.ts'
import { describeMatcher } from './describe-matcher.ts'
import { allOf, type Judgement, judgedBelow } from './expectation.ts'
import { malformed } from './malformed.ts'
import { matchInjection } from './match-injection.ts'
import { meetsValue } from './match-value.ts'
import { ruled } from './ruling.ts'
import { shareWithin } from './share-within.ts'
import { carried, counted, show } from './show.ts'
import { judgeCalls, lostCalls } from './shown-calls.ts'

/** More calls without a known outcome are not tried one by one. */
const MOST_LOST = 1_000

/**
 * Expects how calls end: `matchInjection`, and by outcome a number, a matcher of the number, or `{ count, share }`. Each part is judged on
 * its own.
 */
export function outcomes(expected: Json, observation: SimulationObservation): Judgement {
  if (!isJsonObject(expected)) return invalid(expected)
  const parts = Object.entries(expected).flatMap(([name, part]) =>
    part === undefined ? [] : [judgedBelow(name, judgePart(name, part, observation))],
  )
  return allOf(parts)
}

function invalid(got: Json): Judgement {
  return { findings: [malformed('outcomes by name, or matchInjection', got)], evidence: [] }
}

function judgePart(name: string, expected: Json, observation: SimulationObservation): Judgement {
  if (name === 'matchInjection') return matchInjection(expected, observation)
  if (!hasCountOrShare(expected)) return judgeCount(name, expected, observation)
  const { count, share } = expected
  return allOf([
    ...(count === undefined ? [] : [judgedBelow('count', judgeCount(name, count, observation))]),
    ...(share === undefined ? [] : [judgedBelow('share', judgeShare(name, share, observation))]),
  ])
}

function hasCountOrShare(expected: Json): expected is JsonObject {
  return isJsonObject(expected) && (expected['count'] !== undefined || expected['share'] !== undefined)
}

function judgeShare(name: string, expected: Json, observation: SimulationObservation): Judgement {
  const subject = `the share of ${show(name)}`
  return judgeCalls(observation, `${subject} is as expected`, expected, (calls) =>
    shareWithin(expected, { subject, count: countOf(name, calls), n: known(calls), ...lostCalls(observation) }),
  )
}

/** Where events of calls were lost, any number of these calls may have had the outcome: it is met only if all of them meet it. */
function judgeCount(name: string, expected: Json, observation: SimulationObservation): Judgement {
  const faults = checkMatchers(expected)
  if (faults.length > 0) return { findings: faults, evidence: [] }
  const claim = `${describeMatcher(expected)} of the calls end ${show(name)}`
  return judgeCalls(observation, claim, expected, (calls) => {
    const count = countOf(name, calls)
    const lost = Math.min(MOST_LOST, observation.events?.lost ?? 0)
    const met = Array.from({ length: lost + 1 }, (_, more) => meetsValue(expected, count + more))
    const verdict = met.every(Boolean) ? 'met' : met.some(Boolean) ? 'inconclusive' : 'unmet'
    const evidence: Evidence = {
      claim,
      verdict,
      method: 'comparison',
      n: known(calls),
      observed: count,
      expected: carried(expected),
      ...lostCalls(observation),
    }
    return ruled(evidence, () => ({
      code: verdict === 'unmet' ? 'OUTCOME_COUNT_DIFFERS' : 'NOT_SHOWN',
      message: `${counted(count, 'call')} ended ${show(name)}, expected ${describeMatcher(expected)}${lost > 0 ? `; the outcome of ${counted(lost, 'more call')} is not known` : ''}`,
    }))
  })
}

function countOf(name: string, { outcomes: counts }: SimulatedCalls): number {
  return Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0
}

function known({ outcomes: counts }: SimulatedCalls): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
