import { expect } from 'chai'
import fc from 'fast-check'
import { leftOfOne } from '../../../src/emulator/dialer/exact-sum.ts'

describe('leftOfOne', () => {
  it('means every share as it is written', () => {
    expect(0.7 + 0.2 + 0.1).not.to.equal(1)
    expect(leftOfOne([0.7, 0.2, 0.1])).to.equal(0)
    expect(leftOfOne([0.15, 0.2, 0.25, 0.4])).to.equal(0)
    expect(leftOfOne([0.1, 0.2])).to.equal(0.7)
    expect(leftOfOne([])).to.equal(1)
    expect(leftOfOne([1])).to.equal(0)
  })

  it('sees the smallest excess', () => {
    expect(leftOfOne([1, 1e-300])).to.be.below(0)
    expect(leftOfOne([0.7, 0.3000000000000001])).to.be.below(0)
    expect(leftOfOne([1 - 2 ** -53, 2e-17])).to.be.at.least(0)
  })

  it('agrees with whole numbers of a thousandth', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { maxLength: 6 }), (thousandths) => {
        const sum = thousandths.reduce((total, part) => total + part, 0)
        expect(leftOfOne(thousandths.map((part) => part / 1_000))).to.equal((1_000 - sum) / 1_000)
      }),
    )
  })
})
