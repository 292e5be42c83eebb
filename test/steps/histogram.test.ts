import { expect } from 'chai'
import fc from 'fast-check'
import { Histogram } from '../../src/steps/histogram.ts'

function distributionOf(times: readonly number[]) {
  const histogram = new Histogram()
  for (const ms of times) histogram.add(ms)
  return histogram.distribution()
}

describe('Histogram', () => {
  it('has no distribution of nothing', () => {
    expect(distributionOf([])).to.equal(undefined)
  })

  it('tells the percentiles of 1 to 100', () => {
    const times = Array.from({ length: 100 }, (_, index) => index + 1)
    expect(distributionOf(times)).to.deep.equal({ count: 100, min: 1, max: 100, mean: 50.5, p50: 50, p95: 95, p99: 99 })
  })

  it('keeps to what is exact for times that are all the same', () => {
    expect(distributionOf([2_000, 2_000, 2_000])).to.include({ min: 2_000, max: 2_000, p50: 2_000, p99: 2_000, mean: 2_000 })
    expect(distributionOf([0])).to.include({ min: 0, max: 0, p50: 0 })
  })

  it('tells the nearest rank of the sorted list, to four digits, for any times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 300 }), (times) => {
        const sorted = times.toSorted((one, other) => one - other)
        const { p50, p95, p99, min, max, count } = distributionOf(times) ?? expect.fail()
        expect([min, max, count]).to.deep.equal([sorted[0], sorted.at(-1), times.length])
        for (const [percent, seen] of [
          [50, p50],
          [95, p95],
          [99, p99],
        ] as const) {
          const exact = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0
          expect(seen).to.be.closeTo(exact, Math.max(0.1, exact / 1_000))
        }
      }),
    )
  })

  it('takes times that never end, and times too short to measure', () => {
    expect(distributionOf([0.0001, 1e12])).to.include({ count: 2, min: 0.0001, max: 1e12 })
  })
})
