import { smallest } from './smallest.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** A claim that a share lies within `min` and `max`: shown by the interval at `confidence`, refuted by the one at 1 − alpha. */
export interface IntervalClaim {
  readonly min: number
  readonly max: number
  readonly confidence: number
  readonly alpha: number
}

/** How many calls in all would decide the claim either way, if their share stays `count` of `n`; undefined where no sensible number would. */
export function callsForInterval({ min, max, confidence, alpha }: IntervalClaim, count: number, n: number): number | undefined {
  const share = n === 0 ? (min + max) / 2 : count / n
  return smallest(n + 1, (calls) => {
    const shown = wilsonInterval(share * calls, calls, confidence)
    const refuted = wilsonInterval(share * calls, calls, 1 - alpha)
    return (shown.low >= min && shown.high <= max) || refuted.high < min || refuted.low > max
  })
}
