import { chiSquareUpperTail } from './distributions.ts'

/** How well counts fit probabilities. */
export interface ChiSquareTest {
  readonly statistic: number
  readonly degreesOfFreedom: number
  /** The probability of a fit as bad or worse, where the probabilities are right. */
  readonly p: number
}

/** The smallest expected count for which the test may be used, as Cochran (1954) has it. */
export const LEAST_EXPECTED_COUNT = 5

/** The test of goodness of fit of Pearson (1900). `probabilities` are all above 0 and sum to 1, one for each of `counts`. */
export function chiSquareTest(counts: readonly number[], probabilities: readonly number[]): ChiSquareTest {
  const n = counts.reduce((sum, count) => sum + count, 0)
  const statistic = counts.reduce((sum, count, index) => {
    const expected = n * (probabilities[index] ?? 0)
    return expected === 0 ? sum : sum + (count - expected) ** 2 / expected
  }, 0)
  const degreesOfFreedom = counts.length - 1
  return { statistic, degreesOfFreedom, p: degreesOfFreedom === 0 ? 1 : chiSquareUpperTail(statistic, degreesOfFreedom) }
}
