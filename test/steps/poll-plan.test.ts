import { expect } from 'chai'
import fc from 'fast-check'
import { type JobTimes, USUAL_PACE, waitBeforeNextLook } from '../../src/steps/poll-plan.ts'

const UNBOUNDED = Number.POSITIVE_INFINITY

function waitFor(times: Omit<JobTimes, 'looks' | 'pace'> & Partial<JobTimes>): number | undefined {
  return waitBeforeNextLook({ looks: 0, pace: USUAL_PACE, ...times })
}

describe('waitBeforeNextLook', () => {
  it('looks every 500 ms as long as nothing is known', () => {
    for (const elapsedMs of [0, 500, 60_000]) {
      expect(waitFor({ elapsedMs, usualMs: undefined, overdueLooks: 0, deadlineMs: UNBOUNDED })).to.equal(500)
    }
  })

  it('looks first after the usual duration, then more and more seldom, up to every 500 ms', () => {
    const waits = [
      { elapsedMs: 0, overdueLooks: 0 },
      { elapsedMs: 1_000, overdueLooks: 1 },
      { elapsedMs: 1_050, overdueLooks: 2 },
      { elapsedMs: 1_150, overdueLooks: 3 },
      { elapsedMs: 1_350, overdueLooks: 4 },
      { elapsedMs: 1_750, overdueLooks: 5 },
    ].map((times) => waitFor({ ...times, usualMs: 1_000, deadlineMs: UNBOUNDED }))
    expect(waits).to.deep.equal([1_000, 50, 100, 200, 400, 500])
  })

  it('begins quickly and gets slower, where the pace says so and nothing is known', () => {
    const pace = { firstMs: 100, everyMs: 2_000 }
    const times = { elapsedMs: 0, usualMs: undefined, overdueLooks: 0, deadlineMs: UNBOUNDED, pace }
    expect([0, 1, 2, 3, 4, 5, 6, 2_000].map((looks) => waitFor({ ...times, looks }))).to.deep.equal([
      ...[100, 200, 400, 800, 1_600],
      ...[2_000, 2_000, 2_000],
    ])
  })

  it('never gets slower than its pace, also past the usual duration', () => {
    const pace = { everyMs: 2_000 }
    expect(waitFor({ elapsedMs: 90_000, usualMs: 60_000, overdueLooks: 9, deadlineMs: UNBOUNDED, pace })).to.equal(2_000)
  })

  it('looks a last time just before the deadline, also where the usual duration lies behind it', () => {
    expect(waitFor({ elapsedMs: 0, usualMs: 60_000, overdueLooks: 0, deadlineMs: 1_000 })).to.equal(980)
    expect(waitFor({ elapsedMs: 980, usualMs: 60_000, overdueLooks: 0, deadlineMs: 1_000 })).to.equal(undefined)
    expect(waitFor({ elapsedMs: 59_600, usualMs: undefined, overdueLooks: 0, deadlineMs: 60_000 })).to.equal(150)
  })

  it('gives up at once where the time is over', () => {
    expect(waitFor({ elapsedMs: 0, usualMs: undefined, overdueLooks: 0, deadlineMs: -5 })).to.equal(undefined)
  })

  it('always comes to an end at the deadline, and never passes it', () => {
    const anyPlan = fc.record({
      usualMs: fc.option(fc.integer({ min: 0, max: 100_000 })),
      deadlineMs: fc.integer({ min: 1, max: 100_000 }),
    })
    fc.assert(
      fc.property(anyPlan, ({ usualMs, deadlineMs }) => {
        let elapsedMs = 0
        let looks = 0
        for (;;) {
          const waitMs = waitFor({ elapsedMs, usualMs: usualMs ?? undefined, overdueLooks: looks, deadlineMs })
          if (waitMs === undefined) break
          elapsedMs += waitMs
          looks += 1
          expect(elapsedMs).to.be.below(deadlineMs)
          expect(looks).to.be.at.most(deadlineMs / 500 + 10)
        }
        expect(looks).to.be.at.least(1)
        expect(deadlineMs - elapsedMs).to.be.at.most(Math.max(1, deadlineMs * 0.021))
      }),
    )
  })
})
