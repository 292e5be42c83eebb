import { isJsonObject, type Json } from '../model/json.ts'
import { formatShare, parseShare } from '../model/share.ts'
import type { SimulatedCalls, SimulationObservation } from '../model/simulation.ts'
import type { Judgement } from './expectation.ts'
import { invalid, isFault, sharesOf, USUAL_ALPHA, USUAL_CONFIDENCE } from './expected-share.ts'
import { malformed } from './malformed.ts'
import { shareAtMost } from './share-at-most.ts'
import { judgeCalls, lostCalls } from './shown-calls.ts'

/** Of which calls the abandoned ones are a share. */
const BASES = ['answered', 'attempted', 'completed'] as const

type Base = (typeof BASES)[number]

/** Expects that few calls are abandoned: `3%`, or `{ max, confidence, alpha, base }`. The share of all calls like these is meant, not only of those seen. */
export function abandonRate(expected: Json, observation: SimulationObservation): Judgement {
  const shares = sharesOf(expected, { max: parseShare(expected), confidence: USUAL_CONFIDENCE, alpha: USUAL_ALPHA })
  if (isFault(shares)) return shares
  const { max, confidence = USUAL_CONFIDENCE, alpha = USUAL_ALPHA } = shares
  const base = baseOf(expected)
  if (max === undefined) return invalid(expected)
  if (base === undefined) return { findings: [{ ...malformed(`one of ${BASES.join(', ')}`, expected), at: ['base'] }], evidence: [] }
  const claim = `at most ${formatShare(max)} of the ${base} calls are abandoned`
  return judgeCalls(observation, claim, expected, (calls) =>
    shareAtMost({
      claim,
      words: `${base} calls were abandoned`,
      code: 'ABANDONED_TOO_OFTEN',
      count: calls.abandoned,
      n: Math.max(calls.abandoned, callsIn(base, calls, observation)),
      unknown: base === 'answered' ? 0 : (observation.events?.lost ?? 0),
      limit: max,
      confidence,
      alpha,
      ...lostCalls(observation),
    }),
  )
}

function baseOf(expected: Json): Base | undefined {
  const named = isJsonObject(expected) ? (expected['base'] ?? 'answered') : 'answered'
  return BASES.find((base) => base === named)
}

function callsIn(base: Base, calls: SimulatedCalls, { callsAttempted, callsCompleted }: SimulationObservation): number {
  return { answered: calls.answered, attempted: callsAttempted, completed: callsCompleted }[base]
}
