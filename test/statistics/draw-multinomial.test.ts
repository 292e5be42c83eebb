import { expect } from 'chai'
import fc from 'fast-check'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { binomialUpperTail } from '../../src/statistics/distributions.ts'
import { drawBinomial, drawMultinomial } from '../../src/statistics/draw-multinomial.ts'

describe('drawBinomial', () => {
  for (const [n, p] of [
    [10, 0.3],
    [1_000, 0.002],
    [1_000, 0.5],
    [7, 0.99],
  ] as const) {
    it(`draws numbers of ${n} tries at ${p} as often as it should`, () => {
      const random = seededRandom(2)
      const samples = 20_000
      const drawn = Array.from({ length: samples }, () => drawBinomial(n, p, random()))
      for (const count of new Set([Math.floor(n * p), Math.ceil(n * p), Math.ceil(n * p) + 1])) {
        const seen = drawn.filter((value) => value >= count).length / samples
        expect(seen, `≥ ${count}`).to.be.closeTo(binomialUpperTail(count, n, p), 0.015)
      }
    })
  }

  it('stays within its bounds, also for shares of 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (n, p, random) => {
          expect(drawBinomial(n, p, random)).to.be.within(p === 1 ? n : 0, p === 0 ? 0 : n)
        },
      ),
    )
  })
})

describe('drawMultinomial', () => {
  it('gives every call a class', () => {
    const random = seededRandom(9)
    for (const n of [0, 1, 7, 500]) {
      const counts = drawMultinomial(n, [0.1, 0.2, 0.3, 0.4], random)
      expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(n)
      expect(Math.min(...counts)).to.be.at.least(0)
    }
  })
})
