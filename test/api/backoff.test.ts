import { expect } from 'chai'
import fc from 'fast-check'
import { backoffMs } from '../../src/api/backoff.ts'

describe('backoffMs', () => {
  it('doubles from 1 s to the cap of 20 s when the random source always says 1', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((failures) => backoffMs(failures, () => 1))
    expect(waits).to.deep.equal([1000, 2000, 4000, 8000, 16_000, 20_000, 20_000])
  })

  it('is spread over everything from 0 to its bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, share) => {
        const waitMs = backoffMs(failures, () => share)
        expect(waitMs).to.be.within(0, 20_000)
        expect(waitMs).to.be.closeTo(share * backoffMs(failures, () => 1), 1e-6)
      }),
    )
  })
})
