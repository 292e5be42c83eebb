import { expect } from 'chai'
import fc from 'fast-check'
import { formatShare, parseShare } from '../../src/model/share.ts'

describe('parseShare', () => {
  it('reads numbers and percentages', () => {
    expect([parseShare('3%'), parseShare(0.03), parseShare('2.5%'), parseShare('100%'), parseShare(0), parseShare(1)]).to.deep.equal([
      0.03, 0.03, 0.025, 1, 0, 1,
    ])
  })

  it('refuses everything else', () => {
    for (const written of ['3', '3 %', '-1%', '101%', '%', '1e2%', 1.5, -0.1, Number.NaN, null, undefined, true, {}]) {
      expect(parseShare(written), String(written)).to.equal(undefined)
    }
  })
})

describe('formatShare', () => {
  it('shows what authors write', () => {
    expect([0.03, 0.02988, 0.000042, 1, 0].map(formatShare)).to.deep.equal(['3%', '2.99%', '0.0042%', '100%', '0%'])
  })

  it('is read back within its precision', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        expect(parseShare(formatShare(share < 1e-6 ? 0 : share))).to.be.closeTo(share, 0.00006)
      }),
    )
  })
})
