import { expect } from 'chai'
import { UsualDuration } from '../../src/steps/usual-duration.ts'

describe('UsualDuration', () => {
  it('knows nothing before a job has ended', () => {
    expect(new UsualDuration().ms).to.equal(undefined)
  })

  it('takes the middle between the last look at an open job and the one that saw its end', () => {
    const usual = new UsualDuration()
    usual.learn(1_500, 1_000)
    expect(usual.ms).to.equal(1_250)
  })

  it('falls where jobs had ended at the first look', () => {
    const usual = new UsualDuration()
    usual.learn(1_000, undefined)
    expect(usual.ms).to.be.below(1_000)
  })

  it('is not misled by slow jobs, and forgets old ones', () => {
    const usual = new UsualDuration()
    for (const endedMs of [1_000, 60_000, 1_000, 60_000]) usual.learn(endedMs, endedMs)
    expect(usual.ms).to.equal(1_000)
    for (let job = 0; job < 20; job += 1) usual.learn(3_000, 3_000)
    expect(usual.ms).to.equal(3_000)
  })

  it('wants one job in four to be looked at early', () => {
    const usual = new UsualDuration()
    expect(Array.from({ length: 8 }, () => usual.sendsScout())).to.deep.equal([false, false, false, true, false, false, false, true])
  })
})
