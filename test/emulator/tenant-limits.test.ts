import { expect } from 'chai'
import fc from 'fast-check'
import { Refusal } from '../../src/emulator/exchange.ts'
import type { TenantLimit } from '../../src/emulator/options.ts'
import { TenantLimits } from '../../src/emulator/tenant-limits.ts'
import { FakeClock } from '../support/fake-clock.ts'

const API = 'flow-debug'

function enterAll(limits: TenantLimits, count: number): (string | undefined)[] {
  return Array.from({ length: count }, () => retryAfterOf(() => limits.enter(API)))
}

/** `undefined` where it is let in. */
function retryAfterOf(enter: () => unknown): string | undefined {
  try {
    enter()
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.answer.status).to.equal(429)
    return error.answer.headers['retry-after']
  }
}

function limited(limit: TenantLimit): { readonly clock: FakeClock; readonly limits: TenantLimits } {
  const clock = new FakeClock()
  return { clock, limits: new TenantLimits(clock, { [API]: limit }) }
}

describe('TenantLimits', () => {
  it('lets everything in where there is no limit', () => {
    expect(enterAll(limited({}).limits, 100)).to.deep.equal(Array(100).fill(undefined))
    expect(() => limited({ atOnce: 0 }).limits.enter('token')).not.to.throw()
  })

  it('lets no more requests work at once than the limit says', () => {
    const { limits } = limited({ atOnce: 2 })
    const leave = limits.enter(API)
    expect(enterAll(limits, 2)).to.deep.equal([undefined, '1'])
    leave()
    expect(enterAll(limits, 2)).to.deep.equal([undefined, '1'])
  })

  it('keeps time between two requests, and says how long to wait', async () => {
    const { clock, limits } = limited({ spacingMs: 2_500 })
    expect(enterAll(limits, 2)).to.deep.equal([undefined, '3'])
    await clock.advance(2_499)
    expect(enterAll(limits, 1)).to.deep.equal(['1'])
    await clock.advance(1)
    expect(enterAll(limits, 1)).to.deep.equal([undefined])
  })

  it('never lets more in than the limit in any window of a second', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 25 }),
        async (perSecond, gaps) => {
          const { clock, limits } = limited({ perSecond })
          const entered: number[] = []
          for (const gapMs of gaps) {
            await clock.advance(gapMs)
            const nowMs = clock.now()
            const recent = entered.filter((atMs) => nowMs - atMs < 1_000).length
            const isLetIn = retryAfterOf(() => limits.enter(API)) === undefined
            expect(isLetIn).to.equal(recent < perSecond)
            if (isLetIn) entered.push(nowMs)
          }
        },
      ),
      { numRuns: 20 },
    )
  })
})
