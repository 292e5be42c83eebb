import { expect } from 'chai'
import fc from 'fast-check'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { drawBinomial } from '../../src/statistics/draw-multinomial.ts'
import { exactLowerBound, exactUpperBound } from '../../src/statistics/exact-bound.ts'
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts'

const counted = fc.integer({ min: 1, max: 500 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

/** In how many of 4,000 seeded samples of `n` calls with this share `covers` holds. */
function coverage(n: number, share: number, covers: (count: number) => boolean): number {
  const random = seededRandom(11)
  const samples = 4_000
  let hits = 0
  for (let index = 0; index < samples; index += 1) if (covers(drawBinomial(n, share, random()))) hits += 1
  return hits / samples
}

describe('wilsonInterval', () => {
  /** R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I, method 3. */
  for (const [count, n, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    it(`agrees with Newcombe for ${count} of ${n}`, () => {
      const interval = wilsonInterval(count, n, 0.95)
      expect(interval.low).to.be.closeTo(low, 0.00006)
      expect(interval.high).to.be.closeTo(high, 0.00006)
    })
  }

  it('holds the share, lies within 0…1, and mirrors', () => {
    fc.assert(
      fc.property(counted, ([count, n]) => {
        const { low, high } = wilsonInterval(count, n, 0.99)
        expect(low).to.be.within(0, count / n)
        expect(high).to.be.within(count / n, 1)
        expect(wilsonInterval(n - count, n, 0.99).low).to.be.closeTo(1 - high, 1e-12)
      }),
    )
  })

  it('gets wider with the confidence', () => {
    fc.assert(
      fc.property(counted, ([count, n]) => {
        const [narrow, wide] = [wilsonInterval(count, n, 0.9), wilsonInterval(count, n, 0.999)]
        expect(wide.low).to.be.at.most(narrow.low)
        expect(wide.high).to.be.at.least(narrow.high)
      }),
    )
  })

  it('says nothing without calls', () => {
    expect(wilsonInterval(0, 0, 0.95)).to.deep.equal({ low: 0, high: 1, confidence: 0.95 })
  })

  for (const share of [0.05, 0.2, 0.5]) {
    it(`covers a share of ${share} about as often as it says`, () => {
      const covered = coverage(120, share, (count) => {
        const { low, high } = wilsonInterval(count, 120, 0.95)
        return low <= share && share <= high
      })
      expect(covered).to.be.within(0.93, 0.98)
    })
  }
})

describe('exactUpperBound', () => {
  /** binom.test of R 4, which is Clopper and Pearson's interval; a two-sided one at 95 % has one-sided ends at 97.5 %. */
  it('agrees with R', () => {
    expect(exactUpperBound(1, 10, 0.975)).to.be.closeTo(0.445016117, 1e-9)
    expect(exactLowerBound(1, 10, 0.975)).to.be.closeTo(0.002528579, 1e-9)
    expect(exactUpperBound(5, 10, 0.975)).to.be.closeTo(0.812914, 1e-6)
  })

  it('is the rule of three where nothing was seen', () => {
    expect(exactUpperBound(0, 300, 0.95)).to.be.closeTo(1 - 0.05 ** (1 / 300), 1e-12)
    expect(exactUpperBound(0, 300, 0.95)).to.be.closeTo(3 / 300, 0.0001)
  })

  it('ends at 0 and 1, and says nothing without calls', () => {
    expect([
      exactUpperBound(7, 7, 0.95),
      exactLowerBound(0, 7, 0.95),
      exactUpperBound(0, 0, 0.95),
      exactLowerBound(0, 0, 0.95),
    ]).to.deep.equal([1, 0, 1, 0])
  })

  it('grows with what was seen and falls with the calls', () => {
    fc.assert(
      fc.property(counted, ([count, n]) => {
        const bound = exactUpperBound(count, n, 0.95)
        expect(bound).to.be.at.least(count / n)
        expect(exactUpperBound(count, n + 1, 0.95)).to.be.at.most(bound)
        expect(exactUpperBound(Math.min(n, count + 1), n, 0.95)).to.be.at.least(bound)
      }),
    )
  })

  for (const share of [0.01, 0.03, 0.3]) {
    it(`lies above a share of ${share} at least as often as it says`, () => {
      expect(coverage(250, share, (count) => exactUpperBound(count, 250, 0.95) >= share)).to.be.at.least(0.94)
    })
  }
})
