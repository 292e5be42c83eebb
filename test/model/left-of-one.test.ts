import { expect } from 'chai'
import fc from 'fast-check'
import { leftOfOne } from '../../src/model/left-of-one.ts'

describe('leftOfOne', () => {
  for (const [shares, left] of [
    [[0.1, 0.2, 0.7], 0],
    [[0.15, 0.2, 0.25, 0.4], 0],
    [[], 1],
    [[0.1, 0.2], 0.7],
    [[1e-7], 0.9999999],
    [[1, 1e-9], -1e-9],
    [[0.3, 0.3, 0.4, 0.1], -0.1],
  ] as const) {
    it(`is ${left} for ${JSON.stringify(shares)}`, () => {
      expect(leftOfOne(shares)).to.equal(left)
    })
  }

  it('is exactly nothing for any ten-thousandths that sum to 1', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 3, maxLength: 3 }).map((list) => list.sort((a, b) => a - b))
    fc.assert(
      fc.property(cuts, ([a = 0, b = 0, c = 0]) => {
        const shares = [a, b - a, c - b, 10_000 - c].map((part) => part / 10_000)
        expect(leftOfOne(shares)).to.equal(0)
        expect(leftOfOne([...shares, 0.0001])).to.equal(-0.0001)
      }),
    )
  })
})
