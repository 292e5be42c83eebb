import { binomialUpperTail } from './distributions.ts'
import { exactUpperBound } from './exact-bound.ts'
import { smallest } from './smallest.ts'

/** How many calls show that a share is at most `limit`, with this confidence, where `count` of them have what should be rare. */
export function callsForUpperBound(count: number, limit: number, confidence: number): number | undefined {
  return smallest(count + 1, (n) => exactUpperBound(count, n, confidence) <= limit)
}

/** A claim about a share: it is at most `limit`, shown with `confidence`; refuted where what was seen has a probability below `alpha`. */
export interface ShareClaim {
  readonly limit: number
  readonly confidence: number
  readonly alpha: number
}

/**
 * How many calls in all would decide the claim either way, if they go on like those before: `count` of `n`. Undefined where no sensible
 * number would, since the share seems to be at the limit.
 */
export function callsToDecide({ limit, confidence, alpha }: ShareClaim, count: number, n: number): number | undefined {
  const share = n === 0 ? 0 : count / n
  if (share === limit) return undefined
  const countOf = (calls: number): number => Math.round(share * calls)
  if (share > limit) return smallest(n + 1, (calls) => binomialUpperTail(countOf(calls), calls, limit) < alpha)
  return smallest(n + 1, (calls) => exactUpperBound(countOf(calls), calls, confidence) <= limit)
}
