import { expect } from 'chai'
import fc from 'fast-check'
import { Deadlines } from '../../src/runner/deadlines.ts'
import { FakeClock } from '../support/fake-clock.ts'

describe('Deadlines', () => {
  it('reach each that is not stopped, once and at its time, however many there are', async () => {
    const limits = fc.array(fc.record({ limitMs: fc.integer({ min: 1, max: 500 }), isStopped: fc.boolean() }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(limits, async (all) => {
        const clock = new FakeClock()
        const deadlines = new Deadlines(clock)
        const reached: [number, number][] = []
        for (const [index, { limitMs, isStopped }] of all.entries()) {
          const deadline = deadlines.start(limitMs, () => reached.push([index, clock.now()]))
          if (isStopped) deadline.stop()
        }
        await clock.advance(1_000)
        const expected = all.flatMap(({ limitMs, isStopped }, index) => (isStopped ? [] : [[index, limitMs]]))
        expect(reached).to.have.deep.members(expected)
      }),
      { numRuns: 30 },
    )
  })

  it('sleep once for many that end in time', async () => {
    const clock = new FakeClock()
    const deadlines = new Deadlines(clock)
    for (let count = 0; count < 1_000; count += 1) deadlines.start(60_000, () => undefined).stop()
    expect(clock.slept).to.deep.equal([60_000])
  })

  it('know no limit of 0', async () => {
    const clock = new FakeClock()
    const deadline = new Deadlines(clock).start(0, () => expect.fail('it was reached'))
    await clock.advance(1e9)
    expect(deadline.atMs).to.equal(Number.POSITIVE_INFINITY)
  })

  it('stand still while they are paused, also twice over', async () => {
    const clock = new FakeClock()
    const reached: number[] = []
    const deadline = new Deadlines(clock).start(100, () => reached.push(clock.now()))
    await clock.advance(60)
    const resume = deadline.pause()
    const resumeInner = deadline.pause()
    expect(deadline.atMs).to.equal(Number.POSITIVE_INFINITY)
    await clock.advance(500)
    resume()
    await clock.advance(500)
    resumeInner()
    expect(deadline.atMs).to.equal(1_100)
    await clock.advance(500)
    expect(reached).to.deep.equal([1_100])
  })

  it('do not come back when one is resumed that was stopped', async () => {
    const clock = new FakeClock()
    const deadline = new Deadlines(clock).start(100, () => expect.fail('it was reached'))
    const resume = deadline.pause()
    deadline.stop()
    resume()
    await clock.advance(1_000)
  })

  it('ring early for one that ends before those that came before it', async () => {
    const clock = new FakeClock()
    const deadlines = new Deadlines(clock)
    const reached: number[] = []
    deadlines.start(1_000, () => reached.push(clock.now()))
    deadlines.start(10, () => reached.push(clock.now()))
    await clock.advance(2_000)
    expect(reached).to.deep.equal([10, 1_000])
  })
})
