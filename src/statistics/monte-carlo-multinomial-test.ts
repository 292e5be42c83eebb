import { drawMultinomial } from './draw-multinomial.ts'
import { Multinomial } from './multinomial.ts'

/** After so many samples that are as improbable as what was seen, p is known well enough: to about a tenth of itself. */
const ENOUGH_HITS = 100

/** Where p is small, so many samples are drawn: the least that can be told is 1 in 100,001. */
const MOST_SAMPLES = 100_000

/** p from random samples. */
export interface MonteCarloTest {
  readonly p: number
  readonly samples: number
}

/**
 * Estimates what {@link exactMultinomialTest} computes, for any number of calls. Samples are drawn until it is known well enough, as Besag
 * and Clifford (1991) have it, which keeps p valid: it is never too small on average. The same `random` numbers give the same p.
 */
export function monteCarloMultinomialTest(
  counts: readonly number[],
  probabilities: readonly number[],
  random: () => number,
): MonteCarloTest {
  const n = counts.reduce((sum, count) => sum + count, 0)
  const multinomial = new Multinomial(n, probabilities)
  const threshold = multinomial.threshold(counts)
  let hits = 0
  for (let samples = 1; samples <= MOST_SAMPLES; samples += 1) {
    if (multinomial.logProbability(drawMultinomial(n, probabilities, random)) <= threshold) hits += 1
    if (hits === ENOUGH_HITS) return { p: hits / samples, samples }
  }
  return { p: (hits + 1) / (MOST_SAMPLES + 1), samples: MOST_SAMPLES }
}
