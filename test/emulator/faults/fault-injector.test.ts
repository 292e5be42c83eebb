import { expect } from 'chai'
import fc from 'fast-check'
import { FaultInjector } from '../../../src/emulator/faults/fault-injector.ts'

const ANSWER = { status: 503 }

function choices(seed: number, rate: number, count: number): boolean[] {
  const injector = new FaultInjector({ seed, faults: [{ rate, answer: ANSWER }] })
  return Array.from({ length: count }, () => injector.disturbanceOf('flow-debug') !== undefined)
}

describe('FaultInjector', () => {
  it('makes the same choices for the same seed, and others for another', () => {
    expect(choices(7, 0.5, 100)).to.deep.equal(choices(7, 0.5, 100))
    expect(choices(7, 0.5, 100)).not.to.deep.equal(choices(8, 0.5, 100))
  })

  it('meets about the share of requests that is asked for', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.double({ min: 0, max: 1, noNaN: true }), (seed, rate) => {
        const met = choices(seed, rate, 500).filter(Boolean).length / 500
        // Five standard deviations, and one request for the edges.
        expect(met).to.be.closeTo(rate, 5 * Math.sqrt((rate * (1 - rate)) / 500) + 0.002)
      }),
      { numRuns: 30 },
    )
  })

  it('begins to count anew with a new plan', () => {
    const injector = new FaultInjector({ faults: [{ first: 1, answer: ANSWER }] })
    injector.disturbanceOf('token')
    expect(injector.disturbanceOf('token')).to.equal(undefined)
    injector.replace(injector.plan)
    expect(injector.disturbanceOf('token')?.label).to.equal('answer 503')
  })
})
