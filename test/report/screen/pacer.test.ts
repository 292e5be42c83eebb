import { expect } from 'chai'
import { Pacer } from '../../../src/report/screen/pacer.ts'
import { FakeClock } from '../../support/fake-clock.ts'

describe('Pacer', () => {
  it('acts at once, then at most ten times a second, and once more for what was asked in between', async () => {
    const clock = new FakeClock()
    const times: number[] = []
    const pacer = new Pacer(clock, () => times.push(clock.now()))
    for (let ms = 0; ms < 250; ms += 10) {
      pacer.request()
      await clock.advance(10)
    }
    await clock.advance(1_000)
    expect(times).to.deep.equal([0, 100, 200, 300])
  })

  it('does nothing after it was stopped', async () => {
    const clock = new FakeClock()
    let count = 0
    const pacer = new Pacer(clock, () => {
      count += 1
    })
    pacer.request()
    pacer.request()
    pacer.stop()
    pacer.request()
    await clock.advance(1_000)
    expect(count).to.equal(1)
  })

  it('throws at the next request what went wrong in the meantime', async () => {
    const clock = new FakeClock()
    let isBroken = false
    const pacer = new Pacer(clock, () => {
      if (isBroken) throw new Error('the pipe is closed')
    })
    pacer.request()
    isBroken = true
    pacer.request()
    await clock.advance(100)
    expect(() => pacer.request()).to.throw('the pipe is closed')
  })
})
