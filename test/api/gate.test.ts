import { setMaxListeners } from 'node:events'
import { expect } from 'chai'
import fc from 'fast-check'
import { Alarm } from '../../src/api/alarm.ts'
import { Call } from '../../src/api/call.ts'
import type { RequestLimits } from '../../src/api/client-options.ts'
import { Deadline } from '../../src/api/deadline.ts'
import { Gate } from '../../src/api/gate.ts'
import type { ProblemError } from '../../src/model/problem.ts'
import { FakeClock } from '../support/fake-clock.ts'

interface Setup {
  readonly clock: FakeClock
  readonly gate: Gate
  readonly controller: AbortController
  readonly call: (api: string, hardAtMs?: number) => Call
  /** Enters, stays for `ms`, leaves; resolves with when it started. */
  readonly stay: (api: string, ms: number) => Promise<number>
}

function setup(limits: RequestLimits): Setup {
  const clock = new FakeClock()
  const gate = new Gate({ clock, alarm: new Alarm(clock), limits })
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  const call = (api: string, hardAtMs?: number): Call =>
    new Call({
      request: { api, scopes: [], method: 'GET', path: '/x' },
      correlationId: '',
      signal: controller.signal,
      deadline: new Deadline({ clock, budgetMs: 60_000, hardAtMs }),
      onRetry: () => {},
    })
  const stay = async (api: string, ms: number): Promise<number> => {
    const turn = await gate.enter(call(api))
    turn.start()
    const startedAtMs = clock.now()
    if (ms > 0) await clock.sleep(ms)
    turn.leave(true)
    return startedAtMs
  }
  return { clock, gate, controller, call, stay }
}

describe('Gate', () => {
  it('lets no more requests of all APIs through at once than the target may have', async () => {
    const { clock, stay } = setup({ requestsAtOnce: 2, apis: {} })
    const starts = ['a', 'b', 'a', 'b', 'a'].map((api) => stay(api, 1000))
    await clock.advance(5000)
    expect(await Promise.all(starts)).to.deep.equal([0, 0, 1000, 1000, 2000])
  })

  it('lets no more requests of one API through at once than it may have, and others past them', async () => {
    const { clock, stay } = setup({ requestsAtOnce: 8, apis: { status: { atOnce: 1 } } })
    const starts = ['status', 'status', 'read'].map((api) => stay(api, 1000))
    await clock.advance(5000)
    expect(await Promise.all(starts)).to.deep.equal([0, 1000, 0])
  })

  it('keeps the spacing of an API without holding places that others could use', async () => {
    const { clock, stay } = setup({ requestsAtOnce: 2, apis: { debug: { spacingMs: 2000 } } })
    const starts = ['debug', 'debug', 'debug', 'read', 'read'].map((api) => stay(api, 0))
    await clock.advance(10_000)
    expect(await Promise.all(starts)).to.deep.equal([0, 2000, 4000, 0, 0])
  })

  it('is never over the limit in any window of a second, whatever comes when and takes how long', async () => {
    const arrivals = fc.array(fc.record({ afterMs: fc.nat(400), takesMs: fc.nat(300) }), { minLength: 1, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 5 }), async (requests, perSecond) => {
        const { clock, stay } = setup({ requestsAtOnce: 8, apis: { patch: { perSecond } } })
        const starts: Promise<number>[] = []
        for (const { afterMs, takesMs } of requests) {
          starts.push(stay('patch', takesMs))
          await clock.advance(afterMs)
        }
        await clock.advance(100_000)
        const times = (await Promise.all(starts)).sort((one, other) => one - other)
        for (const [index, time] of times.entries()) {
          const earlier = times[index - perSecond]
          if (earlier !== undefined) expect(time - earlier).to.be.at.least(1000)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('counts a request from when it may have arrived: a slow answer puts the next one off by 100 ms at most', async () => {
    const { clock, stay } = setup({ requestsAtOnce: 8, apis: { debug: { spacingMs: 2000 } } })
    const starts = [stay('debug', 40), stay('debug', 5000), stay('debug', 0)]
    await clock.advance(20_000)
    expect(await Promise.all(starts)).to.deep.equal([0, 2040, 4140])
  })

  it('uses the whole limit when there is enough to do', async () => {
    const { clock, stay } = setup({ requestsAtOnce: 8, apis: { execute: { perSecond: 100 } } })
    const starts = Array.from({ length: 1000 }, () => stay('execute', 0))
    await clock.advance(20_000)
    expect(Math.max(...(await Promise.all(starts)))).to.equal(9000)
  })

  it('forgets a request that never started', async () => {
    const { gate, call, clock, stay } = setup({ requestsAtOnce: 8, apis: { debug: { spacingMs: 2000 } } })
    const turn = await gate.enter(call('debug'))
    turn.leave(false)
    const start = stay('debug', 0)
    await clock.advance(1)
    expect(await start).to.equal(0)
  })

  it('lets a waiting call go at once when its signal aborts, and forgets it', async () => {
    const { gate, call, clock, controller, stay } = setup({ requestsAtOnce: 1, apis: {} })
    const running = stay('a', 1000)
    const reason = new Error('interrupted')
    const waiting = gate.enter(call('a')).catch((error: unknown) => error)
    controller.abort(reason)
    expect(await waiting).to.equal(reason)
    await clock.advance(1000)
    await running
    expect(await gate.enter(call('a')).catch((error: unknown) => error)).to.equal(reason)
  })

  it('refuses at once a call whose turn cannot come before its deadline', async () => {
    const { gate, call, clock, stay } = setup({ requestsAtOnce: 8, apis: { debug: { spacingMs: 2000 } } })
    const first = stay('debug', 0)
    await clock.advance(500)
    await first
    const error = await gate.enter(call('debug', 1500)).catch((reason: ProblemError) => reason)
    expect(error).to.have.nested.include({ 'problem.code': 'TIMEOUT' })
    expect(error).to.have.property('message').that.includes('1.5 s').and.includes('1 s left')
    expect(clock.now()).to.equal(500)
  })

  it('ends a wait at the deadline where nobody could know before', async () => {
    const { gate, call, clock, stay } = setup({ requestsAtOnce: 1, apis: {} })
    const running = stay('a', 60_000)
    const waiting = gate.enter(call('b', 3000)).catch((reason: ProblemError) => reason)
    await clock.advance(3000)
    expect(await waiting).to.have.nested.include({ 'problem.code': 'TIMEOUT' })
    await clock.advance(60_000)
    await running
  })
})
