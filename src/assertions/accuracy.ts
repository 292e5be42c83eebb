import type { Json } from '../model/json.ts'
import { formatShare, parseShare } from '../model/share.ts'
import type { SimulationObservation } from '../model/simulation.ts'
import type { Judgement } from './expectation.ts'
import { invalid, isFault, sharesOf, USUAL_ALPHA, USUAL_CONFIDENCE } from './expected-share.ts'
import { notShown } from './ruling.ts'
import { shareAtMost } from './share-at-most.ts'
import { judgeCalls, lostCalls } from './shown-calls.ts'

/** Expects that most calls end as they were injected: `95%`, or `{ min, confidence, alpha }`. It is judged by those that do not. */
export function accuracy(expected: Json, observation: SimulationObservation): Judgement {
  const shares = sharesOf(expected, { min: parseShare(expected), confidence: USUAL_CONFIDENCE, alpha: USUAL_ALPHA })
  if (isFault(shares)) return shares
  const { min, confidence = USUAL_CONFIDENCE, alpha = USUAL_ALPHA } = shares
  if (min === undefined) return invalid(expected)
  const limit = roundShare(1 - min)
  const claim = `at most ${formatShare(limit)} of the calls do not end as injected`
  return judgeCalls(observation, claim, expected, (calls) => {
    if (!calls.accuracy) return notShown(claim, expected, 'the simulation injects no outcomes', 'set outcomeInjection.enabled to true')
    return shareAtMost({
      claim,
      words: 'calls did not end as injected',
      code: 'ACCURACY_TOO_LOW',
      count: calls.accuracy.calls - calls.accuracy.asInjected,
      n: calls.accuracy.calls,
      limit,
      confidence,
      alpha,
      ...lostCalls(observation),
    })
  })
}

/** 1 − 0.95 is 0.05, and not a little more. */
function roundShare(share: number): number {
  return Math.round(share * 1e12) / 1e12
}
