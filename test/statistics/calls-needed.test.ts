import { expect } from 'chai'
import fc from 'fast-check'
import { callsForUpperBound, callsToDecide } from '../../src/statistics/calls-needed.ts'
import { binomialUpperTail } from '../../src/statistics/distributions.ts'
import { exactUpperBound } from '../../src/statistics/exact-bound.ts'

describe('callsForUpperBound', () => {
  it('shows at most 3 % at 95 % with 0 of 99, 1 of 157, 2 of 208, 3 of 257 calls', () => {
    expect([0, 1, 2, 3].map((count) => callsForUpperBound(count, 0.03, 0.95))).to.deep.equal([99, 157, 208, 257])
  })

  it('is the smallest number that does', () => {
    const cases = fc.tuple(
      fc.integer({ min: 0, max: 30 }),
      fc.double({ min: 0.002, max: 0.5, noNaN: true }),
      fc.constantFrom(0.9, 0.95, 0.999),
    )
    fc.assert(
      fc.property(cases, ([count, limit, confidence]) => {
        const n = callsForUpperBound(count, limit, confidence) ?? 0
        expect(exactUpperBound(count, n, confidence)).to.be.at.most(limit)
        expect(exactUpperBound(count, n - 1, confidence)).to.be.above(limit)
      }),
      { numRuns: 50 },
    )
  })

  it('gives up where nobody would go', () => {
    expect(callsForUpperBound(0, 1e-9, 0.95)).to.equal(undefined)
  })
})

describe('callsToDecide', () => {
  const claim = { limit: 0.03, confidence: 0.95, alpha: 0.001 }

  it('tells what shows it where the share stays below', () => {
    expect(callsToDecide(claim, 0, 50)).to.equal(99)
    const n = callsToDecide(claim, 1, 100) ?? 0
    expect(exactUpperBound(Math.round(0.01 * n), n, 0.95)).to.be.at.most(0.03)
    expect(n).to.be.within(157, 257)
  })

  it('tells what refutes it where the share stays above', () => {
    const n = callsToDecide(claim, 5, 100) ?? 0
    expect(binomialUpperTail(Math.round(0.05 * n), n, 0.03)).to.be.below(0.001)
    expect(n).to.be.above(100)
  })

  it('knows no number where the share is at the limit', () => {
    expect(callsToDecide(claim, 3, 100)).to.equal(undefined)
  })

  it('needs more than there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 20 }), (n, count) => {
        const needed = callsToDecide(claim, Math.min(count, n), n)
        if (needed !== undefined) expect(needed).to.be.above(n)
      }),
    )
  })
})
