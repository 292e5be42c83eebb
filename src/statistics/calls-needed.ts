import { binomialUpperTail } from './distributions.ts'
import { exactUpperBound } from './exact-bound.ts'

/** Beyond so many calls nobody would go, and no number is told. */
const MOST_CALLS = 10_000_000

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

/**
 * The smallest number from `from` that holds. What holds once holds for nearly all larger ones (rounding makes small steps back), so it is
 * closed in on by doubling and halving.
 */
function smallest(from: number, holds: (n: number) => boolean): number | undefined {
  let below = from - 1
  let above = Math.max(from, 1)
  while (!holds(above)) {
    below = above
    above *= 2
    if (above > MOST_CALLS) return undefined
  }
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (holds(middle)) above = middle
    else below = middle
  }
  return above
}
