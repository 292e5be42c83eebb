import { expect } from 'chai'
import fc from 'fast-check'
import { RetryQuota } from '../../src/api/retry-quota.ts'

describe('RetryQuota', () => {
  it('grants at most 10 % + 10 repetitions when nothing succeeds', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), (steps) => {
        const quota = new RetryQuota()
        let calls = 0
        let repetitions = 0
        for (const isCall of steps) {
          if (isCall) {
            quota.callStarted()
            calls += 1
          } else if (quota.take()) repetitions += 1
        }
        expect(repetitions).to.be.at.most(10 + calls / 10)
      }),
    )
  })

  it('is used up by ten repetitions and given back by calls that succeed', () => {
    const quota = new RetryQuota()
    for (let repetition = 0; repetition < 10; repetition += 1) expect(quota.take()).to.equal(true)
    expect(quota.take()).to.equal(false)
    quota.giveBack(2)
    expect([quota.take(), quota.take(), quota.take()]).to.deep.equal([true, true, false])
  })
})
