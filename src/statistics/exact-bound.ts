import { betaQuantile } from './distributions.ts'

/**
 * The exact one-sided upper bound of Clopper and Pearson (1934): the true share is at most so much with at least this confidence, where
 * `count` of `n` were seen. 1 where n is 0.
 */
export function exactUpperBound(count: number, n: number, confidence: number): number {
  return count >= n ? 1 : betaQuantile(confidence, count + 1, n - count)
}

/** The lower bound of the same kind. */
export function exactLowerBound(count: number, n: number, confidence: number): number {
  return 1 - exactUpperBound(n - count, n, confidence)
}
