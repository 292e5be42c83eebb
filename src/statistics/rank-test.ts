import { normalUpperTail } from './distributions.ts'

/** Whether the values of one sample tend to be larger than those of another. */
export interface RankTest {
  /** Pairs in which the first sample has the larger value, a tie counting half: U of Mann and Whitney. */
  readonly u: number
  /** The share of such pairs: 0.5 where neither is larger. */
  readonly dominance: number
  /** One-sided: the probability of a U as large or larger, where both samples come from the same distribution. */
  readonly p: number
  readonly method: 'exact' | 'normal'
}

/** Up to so many values in each sample, and without ties, p is counted out; beyond, the normal approximation is good. */
const MOST_FOR_EXACT = 20

/** The test of Mann and Whitney (1947): are the values of `sample` larger than those of `reference`? Neither may be empty. */
export function rankTest(sample: readonly number[], reference: readonly number[]): RankTest {
  const ties = tieSizes([...sample, ...reference])
  const u = pairsWon(sample, reference)
  const isSmall = sample.length <= MOST_FOR_EXACT && reference.length <= MOST_FOR_EXACT
  const dominance = u / (sample.length * reference.length)
  if (isSmall && ties.every((size) => size === 1)) {
    return { u, dominance, p: exactUpperTail(u, sample.length, reference.length), method: 'exact' }
  }
  return { u, dominance, p: normalApproximation(u, sample.length, reference.length, ties), method: 'normal' }
}

/** By the sum of ranks, so that long samples take no longer than their sorting. */
function pairsWon(sample: readonly number[], reference: readonly number[]): number {
  const sorted = reference.toSorted((one, other) => one - other)
  return sample.reduce(
    (sum, value) => sum + (lowerIndex(sorted, (other) => other < value) + lowerIndex(sorted, (other) => other <= value)) / 2,
    0,
  )
}

/** How many values at the beginning of a sorted list satisfy `isBefore`. */
function lowerIndex(sorted: readonly number[], isBefore: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isBefore(sorted[middle] ?? 0)) low = middle + 1
    else high = middle
  }
  return low
}

/** How often each value occurs. */
function tieSizes(values: readonly number[]): readonly number[] {
  const sizes = new Map<number, number>()
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1)
  return [...sizes.values()]
}

/** P(U ≥ u): of all ways to deal the ranks, the share that gives at least u, counted by the recursion of Mann and Whitney. */
function exactUpperTail(u: number, m: number, n: number): number {
  let ways: number[][] = Array.from({ length: n + 1 }, () => [1])
  for (let first = 1; first <= m; first += 1) {
    const next: number[][] = [[1]]
    for (let second = 1; second <= n; second += 1) {
      const largestIsFirst = ways[second] ?? []
      const largestIsSecond = next[second - 1] ?? []
      next.push(
        Array.from({ length: first * second + 1 }, (_, value) => (largestIsFirst[value - second] ?? 0) + (largestIsSecond[value] ?? 0)),
      )
    }
    ways = next
  }
  const counts = ways[n] ?? []
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.slice(Math.ceil(u)).reduce((sum, count) => sum + count, 0) / all
}

/** With the corrections for ties and for continuity. */
function normalApproximation(u: number, m: number, n: number, ties: readonly number[]): number {
  const total = m + n
  const tied = ties.reduce((sum, size) => sum + size ** 3 - size, 0)
  const variance = ((m * n) / 12) * (total + 1 - tied / (total * (total - 1)))
  return variance <= 0 ? 1 : normalUpperTail((u - (m * n) / 2 - 0.5) / Math.sqrt(variance))
}
