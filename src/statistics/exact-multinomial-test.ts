import { logFactorial } from './distributions.ts'
import { Multinomial } from './multinomial.ts'

/**
 * The probability, where the probabilities are right, of counts that are as improbable as these or more so: the exact test of goodness
 * of fit. It looks at every way in which the calls can fall ({@link Multinomial.ways}), so it is for small numbers. `probabilities` are all
 * above 0 and sum to 1.
 */
export function exactMultinomialTest(counts: readonly number[], probabilities: readonly number[]): number {
  const n = counts.reduce((sum, count) => sum + count, 0)
  const multinomial = new Multinomial(n, probabilities)
  const threshold = multinomial.threshold(counts)
  let p = 0
  for (const logProbability of logProbabilities(multinomial)) if (logProbability <= threshold) p += Math.exp(logProbability)
  return Math.min(1, p)
}

/** ln P of every way in which the calls can fall, class by class. */
function* logProbabilities(multinomial: Multinomial, index = 0, left = multinomial.n, sum = logFactorial(left)): Generator<number> {
  if (index === multinomial.probabilities.length - 1) {
    yield sum + multinomial.logTerm(index, left)
    return
  }
  for (let count = 0; count <= left; count += 1) {
    yield* logProbabilities(multinomial, index + 1, left - count, sum + multinomial.logTerm(index, count))
  }
}
