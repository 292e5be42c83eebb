import { chiSquareTest, LEAST_EXPECTED_COUNT } from './chi-square-test.ts'
import { exactMultinomialTest } from './exact-multinomial-test.ts'
import { monteCarloMultinomialTest } from './monte-carlo-multinomial-test.ts'
import { Multinomial } from './multinomial.ts'

/** Up to so many ways in which the calls can fall, all of them are looked at: some milliseconds. */
const MOST_WAYS = 50_000

/** How well counts fit probabilities, and how that was found. Statistic and degrees of freedom are told whatever the method. */
export interface GoodnessOfFit {
  readonly method: 'chi-square' | 'exact-multinomial' | 'monte-carlo-multinomial'
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly p: number
  /** Monte Carlo only. */
  readonly samples?: number
}

/**
 * Tests whether counts come from these probabilities, all above 0 and with the sum 1: chi-square where at least 5 are expected in every
 * class, else the exact test where that is quick, else its estimate from `random` samples.
 */
export function goodnessOfFit(counts: readonly number[], probabilities: readonly number[], random: () => number): GoodnessOfFit {
  const n = counts.reduce((sum, count) => sum + count, 0)
  const chiSquare = chiSquareTest(counts, probabilities)
  if (probabilities.every((probability) => n * probability >= LEAST_EXPECTED_COUNT)) return { method: 'chi-square', ...chiSquare }
  if (new Multinomial(n, probabilities).ways <= MOST_WAYS) {
    return { ...chiSquare, method: 'exact-multinomial', p: exactMultinomialTest(counts, probabilities) }
  }
  return { ...chiSquare, method: 'monte-carlo-multinomial', ...monteCarloMultinomialTest(counts, probabilities, random) }
}
