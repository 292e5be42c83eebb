import { expect } from 'chai'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { callsToDetect, noncentralityFor } from '../../src/statistics/calls-to-detect.ts'
import { chiSquareTest } from '../../src/statistics/chi-square-test.ts'
import { drawMultinomial } from '../../src/statistics/draw-multinomial.ts'

describe('noncentralityFor', () => {
  /** G. E. Haynam, Z. Govindarajulu, F. C. Leone, Tables of the cumulative non-central chi-square distribution (1970); also in Cohen (1988). */
  for (const [df, at80, at90] of [
    [1, 7.849, 10.507],
    [2, 9.635, 12.654],
    [3, 10.903, 14.171],
    [4, 11.935, 15.405],
  ] as const) {
    it(`agrees with the published table for ${df} degrees of freedom`, () => {
      expect(noncentralityFor(df, 0.05, 0.8)).to.be.closeTo(at80, 0.006)
      expect(noncentralityFor(df, 0.05, 0.9)).to.be.closeTo(at90, 0.006)
    })
  }
})

describe('callsToDetect', () => {
  const injected = [0.15, 0.2, 0.25, 0.4]

  it('is enough to notice the shift nine times in ten', () => {
    const n = callsToDetect(0.1, injected, 0.001)
    const random = seededRandom(4)
    const noticed = Array.from(
      { length: 1_500 },
      () => chiSquareTest(drawMultinomial(n, [0.15, 0.2, 0.35, 0.3], random), injected).p < 0.001,
    )
    expect(noticed.filter(Boolean).length / noticed.length).to.be.within(0.86, 0.94)
  })

  it('takes more calls for less, and for less doubt', () => {
    expect(callsToDetect(0.05, injected, 0.001)).to.be.above(callsToDetect(0.1, injected, 0.001))
    expect(callsToDetect(0.1, injected, 0.001)).to.be.above(callsToDetect(0.1, injected, 0.05))
  })

  it('waits for the first call that ends elsewhere where only one outcome is possible', () => {
    expect(callsToDetect(0.1, [1], 0.001)).to.equal(22)
    expect(0.9 ** 22)
      .to.be.below(0.1)
      .and.above(0.9 ** 23)
    expect(callsToDetect(1, [1], 0.001)).to.equal(1)
  })
})
