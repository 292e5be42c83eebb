import { expect } from 'chai'
import fc from 'fast-check'
import { Alarm, type Bell } from '../../src/api/alarm.ts'
import { FakeClock } from '../support/fake-clock.ts'

describe('Alarm', () => {
  it('rings each bell that is not cleared, at its time', async () => {
    const bells = fc.array(fc.record({ atMs: fc.nat(100), clearedAtMs: fc.option(fc.nat(100), { nil: undefined }) }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(bells, async (plan) => {
        const clock = new FakeClock()
        const alarm = new Alarm(clock)
        const rang = new Map<number, number>()
        const set: Bell[] = plan.map(({ atMs }, index) => alarm.set(atMs + 0.5, () => rang.set(index, clock.now())))
        for (let nowMs = 0; nowMs <= 101; nowMs += 1) {
          for (const [index, { clearedAtMs }] of plan.entries()) if (clearedAtMs === nowMs) alarm.clear(set[index])
          await clock.advance(1)
        }
        for (const [index, { atMs, clearedAtMs = 1000 }] of plan.entries()) {
          expect(rang.get(index)).to.equal(clearedAtMs <= atMs ? undefined : atMs + 0.5)
        }
      }),
      { numRuns: 10 },
    )
  })

  it('sleeps once for bells that are set later and ring later', () => {
    const clock = new FakeClock()
    const alarm = new Alarm(clock)
    for (let bell = 0; bell < 100; bell += 1) alarm.set(1000 + bell, () => {})
    expect(clock.slept).to.deep.equal([1000])
  })

  it('keeps no timer when all bells are cleared', async () => {
    const signals: AbortSignal[] = []
    const clock = new FakeClock()
    const sleep = clock.sleep.bind(clock)
    clock.sleep = (ms, signal) => {
      if (signal) signals.push(signal)
      return sleep(ms, signal)
    }
    const alarm = new Alarm(clock)
    alarm.clear(alarm.set(1000, () => {}))
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true])
  })
})
