import { expect } from 'chai'
import fc from 'fast-check'
import { callsInFlight } from '../../../src/steps/simulation/calls-in-flight.ts'

const call = fc
  .tuple(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 1, max: 500 }))
  .map(([beginMs, lengthMs]) => ({ beginMs, endMs: beginMs + lengthMs }))

describe('callsInFlight', () => {
  it('is nothing for no calls', () => {
    expect(callsInFlight([])).to.equal(undefined)
  })

  it('counts calls that overlap, and not those that follow each other', () => {
    const inFlight = callsInFlight([
      { beginMs: 1_000, endMs: 1_100 },
      { beginMs: 1_100, endMs: 1_200 },
      { beginMs: 1_150, endMs: 1_300 },
    ])
    expect(inFlight).to.include({ max: 2, calls: 3 })
    expect(inFlight?.overTime[0]).to.deep.equal({ atMs: 0, max: 1 })
  })

  it('counts a call that took no time', () => {
    expect(callsInFlight([{ beginMs: 5, endMs: 5 }])).to.deep.equal({ max: 1, calls: 1, overTime: [{ atMs: 0, max: 1 }] })
  })

  it('agrees with looking at every millisecond, and shows the most in some stretch', () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 40 }), (calls) => {
        const levels = Array.from({ length: 2_500 }, (_, ms) => calls.filter(({ beginMs, endMs }) => beginMs <= ms && ms < endMs).length)
        const inFlight = callsInFlight(calls)
        expect(inFlight?.max).to.equal(Math.max(...levels))
        expect(Math.max(...(inFlight?.overTime ?? []).map(({ max }) => max))).to.equal(inFlight?.max)
        expect(inFlight?.overTime.length).to.be.at.most(120)
      }),
    )
  })
})
