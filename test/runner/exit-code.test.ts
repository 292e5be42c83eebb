import { expect } from 'chai'
import fc from 'fast-check'
import { exitCodeOf, worstExitCode } from '../../src/runner/exit-code.ts'
import { Tally } from '../../src/runner/tally.ts'

const order = [70, 130, 143, 2, 3, 1, 4, 0]

describe('worstExitCode', () => {
  it('is the one that outweighs all others, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...order), { minLength: 1 }), (codes) => {
        expect(worstExitCode(codes)).to.equal(order.find((code) => codes.includes(code)))
      }),
    )
  })

  it('is 0 of nothing, and 70 of a code that nobody knows', () => {
    expect(worstExitCode([])).to.equal(0)
    expect(worstExitCode([0, 1, 99])).to.equal(70)
  })
})

describe('exitCodeOf', () => {
  const counts = { ...new Tally().counts, passed: 1 }
  const end = { bugs: 0 }

  it('is 0 only where something ran and nothing was wrong', () => {
    expect(exitCodeOf(counts, end)).to.equal(0)
    expect(exitCodeOf({ ...counts, skipped: 3, inconclusive: 1, flaky: 1 }, end)).to.equal(0)
  })

  it('tells each thing that went wrong', () => {
    expect(exitCodeOf({ ...counts, failed: 1, notRun: 4 }, end)).to.equal(1)
    expect(exitCodeOf({ ...counts, filesRefused: 1, failed: 1, errored: 1 }, end)).to.equal(2)
    expect(exitCodeOf({ ...counts, errored: 1, failed: 1 }, end)).to.equal(3)
    expect(exitCodeOf({ ...counts, teardownsFailed: 1 }, end)).to.equal(3)
    expect(exitCodeOf({ ...counts, failed: 1 }, { bugs: 0, endedWith: 143 })).to.equal(143)
    expect(exitCodeOf(counts, { bugs: 1, endedWith: 130 })).to.equal(70)
  })
})
