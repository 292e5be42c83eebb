import { expect } from 'chai'
import fc from 'fast-check'
import {
  betaQuantile,
  binomialUpperTail,
  chiSquareUpperTail,
  logFactorial,
  normalQuantile,
  normalUpperTail,
} from '../../src/statistics/distributions.ts'

describe('chiSquareUpperTail', () => {
  /** NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4: upper critical values of the chi-square distribution. */
  const critical: Readonly<Record<number, readonly [number, number, number]>> = {
    1: [3.841, 6.635, 10.828],
    2: [5.991, 9.21, 13.816],
    3: [7.815, 11.345, 16.266],
    4: [9.488, 13.277, 18.467],
    10: [18.307, 23.209, 29.588],
    100: [124.342, 135.807, 149.449],
  }
  for (const [df, values] of Object.entries(critical)) {
    it(`agrees with the table of NIST for ${df} degrees of freedom`, () => {
      for (const [index, alpha] of [0.05, 0.01, 0.001].entries()) {
        expect(chiSquareUpperTail(values[index] ?? 0, Number(df)) / alpha).to.be.closeTo(1, 0.002)
      }
    })
  }

  it('is 1 at zero and accurate far out', () => {
    expect(chiSquareUpperTail(0, 3)).to.equal(1)
    expect(chiSquareUpperTail(60, 2) / Math.exp(-30)).to.be.closeTo(1, 1e-9)
  })
})

describe('normalQuantile', () => {
  it('agrees with the table of Abramowitz and Stegun (26.5)', () => {
    for (const [p, z] of [
      [0.9, 1.281552],
      [0.95, 1.644854],
      [0.975, 1.959964],
      [0.995, 2.575829],
      [0.9995, 3.290527],
    ] as const) {
      expect(normalQuantile(p)).to.be.closeTo(z, 1e-6)
    }
  })

  it('is undone by the tail', () => {
    const probability = fc.double({ min: 1e-12, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(probability, (p) => {
        expect(normalUpperTail(-normalQuantile(p)) / p).to.be.closeTo(1, 1e-9)
      }),
    )
  })
})

describe('betaQuantile', () => {
  it('is undone by the binomial tail, to which it belongs', () => {
    const counts = fc.tuple(
      fc.integer({ min: 1, max: 2_000 }),
      fc.integer({ min: 0, max: 2_000 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    )
    fc.assert(
      fc.property(counts, ([count, further, p]) => {
        const n = count + further
        expect(binomialUpperTail(count, n, betaQuantile(p, count, n - count + 1)) / p).to.be.closeTo(1, 1e-6)
      }),
    )
  })
})

describe('binomialUpperTail', () => {
  it('is the sum of its terms', () => {
    const cases = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 61 }), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(cases, ([n, count, p]) => {
        const terms = Array.from(
          { length: n + 1 },
          (_, k) => Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k)) * p ** k * (1 - p) ** (n - k),
        )
        expect(binomialUpperTail(count, n, p)).to.be.closeTo(
          terms.slice(count).reduce((sum, term) => sum + term, 0),
          1e-9,
        )
      }),
    )
  })
})
