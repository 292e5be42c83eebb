import type { Evidence, Interval, Verdict } from '../model/evidence.ts'
import type { Json } from '../model/json.ts'
import { formatShare } from '../model/share.ts'
import { callsForInterval } from '../statistics/calls-for-interval.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import type { Judgement } from './expectation.ts'
import { isFault, sharesOf, USUAL_ALPHA, USUAL_CONFIDENCE } from './expected-share.ts'
import { malformed } from './malformed.ts'
import { type Ruling, ruled, TOO_FEW_CALLS } from './ruling.ts'
import { counted } from './show.ts'

/** What was seen of a share: `count` of `n`, and what it is called in sentences, e.g. `the share of "busy"`. */
export interface SeenShare {
  readonly subject: string
  readonly count: number
  readonly n: number
  readonly remark?: string
}

/**
 * Expects that the share of all calls lies within `{ min, max }`: met where the interval of Wilson at `confidence` does, unmet where the one
 * at 1 − alpha lies outside altogether, else inconclusive with the number of calls that would decide it.
 */
export function shareWithin(expected: Json, seen: SeenShare): Judgement {
  const shares = sharesOf(expected, { min: undefined, max: undefined, confidence: USUAL_CONFIDENCE, alpha: USUAL_ALPHA })
  if (isFault(shares)) return shares
  const { min = 0, max = 1, confidence = USUAL_CONFIDENCE, alpha = USUAL_ALPHA } = shares
  if (shares.min === undefined && shares.max === undefined)
    return { findings: [malformed('bounds such as { min: 35%, max: 45% }', expected)], evidence: [] }
  const { subject, count, n, remark } = seen
  const interval = wilsonInterval(count, n, confidence)
  const verdict = verdictOf(interval, wilsonInterval(count, n, 1 - alpha), min, max)
  const bounds = boundsOf(shares.min, shares.max)
  const callsNeeded = verdict === 'inconclusive' ? callsForInterval({ min, max, confidence, alpha }, count, n) : undefined
  const evidence: Evidence = {
    claim: `${subject} is ${bounds}`,
    verdict,
    method: 'wilson-interval',
    n,
    observed: { count, ...(n === 0 ? {} : { share: count / n }) },
    expected: { ...(shares.min === undefined ? {} : { min }), ...(shares.max === undefined ? {} : { max }) },
    interval,
    alpha,
    ...(callsNeeded === undefined ? {} : { callsNeeded }),
    ...(remark === undefined ? {} : { remark }),
  }
  return ruled(evidence, () => (verdict === 'unmet' ? outside(seen, bounds, alpha) : undecided(seen, bounds, interval, callsNeeded)))
}

function verdictOf(interval: Interval, cautious: Interval, min: number, max: number): Verdict {
  if (interval.low >= min && interval.high <= max) return 'met'
  return cautious.high < min || cautious.low > max ? 'unmet' : 'inconclusive'
}

function boundsOf(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return `at most ${formatShare(max ?? 1)}`
  return max === undefined ? `at least ${formatShare(min)}` : `${formatShare(min)} to ${formatShare(max)}`
}

function outside({ subject, count, n }: SeenShare, bounds: string, alpha: number): Ruling {
  const { low, high } = wilsonInterval(count, n, 1 - alpha)
  return {
    code: 'SHARE_DIFFERS',
    message: `${subject} is ${formatShare(count / n)} (${count} of ${n}), expected ${bounds}; with a confidence of ${formatShare(1 - alpha)} it is ${formatShare(low)} to ${formatShare(high)}`,
  }
}

function undecided(
  { subject, count, n }: SeenShare,
  bounds: string,
  { low, high, confidence }: Interval,
  callsNeeded: number | undefined,
): Ruling {
  const seen =
    n === 0
      ? 'no call tells'
      : `${count} of ${n} show ${formatShare(low)} to ${formatShare(high)} with a confidence of ${formatShare(confidence)}`
  const advice =
    callsNeeded === undefined
      ? 'no sensible number of calls decides it as long as the share is at the limit'
      : `about ${counted(callsNeeded, 'call')} in all would decide it if they go on like this`
  return { code: TOO_FEW_CALLS, message: `not enough calls to say whether ${subject} is ${bounds}: ${seen}`, advice }
}
