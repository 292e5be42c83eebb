import { expect } from 'chai'
import fc from 'fast-check'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { chiSquareTest } from '../../src/statistics/chi-square-test.ts'
import { drawMultinomial } from '../../src/statistics/draw-multinomial.ts'
import { exactMultinomialTest } from '../../src/statistics/exact-multinomial-test.ts'
import { goodnessOfFit } from '../../src/statistics/goodness-of-fit.ts'
import { monteCarloMultinomialTest } from '../../src/statistics/monte-carlo-multinomial-test.ts'

const injected = [0.15, 0.2, 0.25, 0.4]

/** Counts, and probabilities that sum to 1. */
const fits = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 })), { minLength: 2, maxLength: 4 })
  .filter((classes) => classes.some(([count]) => count > 0))
  .map((classes) => {
    const sum = classes.reduce((total, [, weight]) => total + weight, 0)
    return { counts: classes.map(([count]) => count), probabilities: classes.map(([, weight]) => weight / sum) }
  })

function shuffled<T>(items: readonly T[], by: readonly number[]): T[] {
  return items
    .map((item, index) => ({ item, key: by[index] ?? 0 }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item)
}

/** The p-values of seeded samples for which the probabilities are right. */
function nullValues(n: number, samples: number, test: (counts: readonly number[]) => number): readonly number[] {
  const random = seededRandom(5)
  return Array.from({ length: samples }, () => test(drawMultinomial(n, injected, random))).sort((one, other) => one - other)
}

describe('chiSquareTest', () => {
  it('judges the peas of Mendel (1866) as textbooks do', () => {
    const { statistic, degreesOfFreedom, p } = chiSquareTest([315, 101, 108, 32], [9 / 16, 3 / 16, 3 / 16, 1 / 16])
    expect(statistic).to.be.closeTo(0.47, 0.0005)
    expect(degreesOfFreedom).to.equal(3)
    expect(p).to.be.closeTo(0.925, 0.0005)
  })

  it('does not depend on the order of the classes', () => {
    fc.assert(
      fc.property(fits, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), ({ counts, probabilities }, keys) => {
        expect(chiSquareTest(shuffled(counts, keys), shuffled(probabilities, keys)).p).to.be.closeTo(
          chiSquareTest(counts, probabilities).p,
          1e-9,
        )
      }),
    )
  })

  it('has even p-values where the probabilities are right', () => {
    const values = nullValues(500, 3_000, (counts) => chiSquareTest(counts, injected).p)
    const distance = Math.max(...values.map((p, index) => Math.abs(p - (index + 0.5) / values.length)))
    expect(distance).to.be.below(1.63 / Math.sqrt(values.length))
  })

  it('gets smaller with every call that moves away', () => {
    const ps = [0, 10, 20, 30, 40].map((moved) => chiSquareTest([75 + moved, 100, 125, 200 - moved], injected).p)
    expect(ps).to.deep.equal(ps.toSorted((one, other) => other - one))
    expect(ps.at(-1)).to.be.below(0.001)
  })
})

describe('exactMultinomialTest', () => {
  it('counts out three calls in three even classes', () => {
    const even = [1 / 3, 1 / 3, 1 / 3]
    expect(exactMultinomialTest([3, 0, 0], even)).to.be.closeTo(3 / 27, 1e-9)
    expect(exactMultinomialTest([2, 0, 1], even)).to.be.closeTo(21 / 27, 1e-9)
    expect(exactMultinomialTest([1, 1, 1], even)).to.be.closeTo(1, 1e-9)
  })

  it('is the two-sided binomial test of R for two classes', () => {
    expect(exactMultinomialTest([7, 3], [0.5, 0.5])).to.be.closeTo(0.34375, 1e-9)
  })

  it('does not depend on the order of the classes', () => {
    fc.assert(
      fc.property(fits, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), ({ counts, probabilities }, keys) => {
        const p = exactMultinomialTest(shuffled(counts, keys), shuffled(probabilities, keys))
        expect(p).to.be.closeTo(exactMultinomialTest(counts, probabilities), 1e-6).and.within(0, 1)
      }),
      { numRuns: 40 },
    )
  })

  it('is never too small where the probabilities are right', () => {
    const values = nullValues(12, 2_000, (counts) => exactMultinomialTest(counts, injected))
    for (const alpha of [0.01, 0.05, 0.2, 0.5]) {
      expect(values.filter((p) => p <= alpha).length / values.length, String(alpha)).to.be.at.most(
        alpha + 3 * Math.sqrt(alpha / values.length),
      )
    }
  })

  it('comes near to chi-square where there are many calls', () => {
    for (const counts of [
      [45, 60, 75, 120],
      [55, 60, 75, 110],
      [30, 60, 75, 135],
    ]) {
      expect(exactMultinomialTest(counts, injected)).to.be.closeTo(chiSquareTest(counts, injected).p, 0.02)
    }
  })
})

describe('monteCarloMultinomialTest', () => {
  it('agrees with the exact test', () => {
    fc.assert(
      fc.property(fits, ({ counts, probabilities }) => {
        const exact = exactMultinomialTest(counts, probabilities)
        const { p, samples } = monteCarloMultinomialTest(counts, probabilities, seededRandom(3))
        expect(Math.abs(p - exact)).to.be.at.most(5 * Math.sqrt(exact / samples) + 2 / samples + 0.15 * exact)
      }),
      { numRuns: 30, seed: 1 },
    )
  })

  it('gives the same p for the same seed', () => {
    const once = (): object => monteCarloMultinomialTest([3, 900, 97], [0.001, 0.9, 0.099], seededRandom(7))
    expect(once()).to.deep.equal(once())
  })

  it('can tell what is below the usual alpha', () => {
    const { p } = monteCarloMultinomialTest([20, 20, 0, 0], injected, seededRandom(1))
    expect(p).to.be.below(0.0001)
  })
})

describe('goodnessOfFit', () => {
  const random = seededRandom(1)

  it('uses chi-square where at least 5 are expected in every class', () => {
    expect(goodnessOfFit([5, 95], [0.05, 0.95], random).method).to.equal('chi-square')
    expect(goodnessOfFit([5, 94], [0.05, 0.95], random).method).to.equal('exact-multinomial')
  })

  it('estimates where there are too many ways to look at all of them', () => {
    const fit = goodnessOfFit([0, 100, 100, 200, 600], [0.001, 0.1, 0.1, 0.2, 0.599], random)
    expect(fit.method).to.equal('monte-carlo-multinomial')
    expect(fit.samples).to.be.at.least(100)
    expect(fit.p).to.be.above(0.5)
  })
})
