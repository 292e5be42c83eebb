import { expect } from 'chai'
import fc from 'fast-check'
import type { CallState } from '../../../src/model/call-event.ts'
import type { CallEvent } from '../../../src/steps/simulation/call-event.ts'
import { CallLedger } from '../../../src/steps/simulation/call-ledger.ts'
import { injectionOf } from '../../../src/steps/simulation/injection.ts'
import { observeCalls } from '../../../src/steps/simulation/observe-calls.ts'

const injected = injectionOf({ enabled: true, busySignalProbability: 0.5, answerProbability: 0.25 })

function event(callId: string, state: CallState, more: Partial<CallEvent> = {}): CallEvent {
  return { simulationId: 'sim-1', callId, state, stateName: state, ...more }
}

function ledgerOf(events: readonly CallEvent[], maxCalls = 100): CallLedger {
  const ledger = new CallLedger(maxCalls)
  ledger.identify('sim-1')
  for (const one of events) ledger.add(one)
  return ledger
}

const observed = (events: readonly CallEvent[]) => observeCalls(ledgerOf(events), injected)

const anyEvent: fc.Arbitrary<CallEvent> = fc
  .record({
    callId: fc.constantFrom('c-1', 'c-2', 'c-3', 'c-4'),
    state: fc.constantFrom<CallState>('ringing', 'in-progress', 'completed', 'abandoned', 'failed'),
    outcome: fc.option(fc.constantFrom('answered', 'busy', 'voicemail', 'constructor', '__proto__'), { nil: undefined }),
    durationMs: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
    atMs: fc.option(fc.integer({ min: 1_000_000, max: 2_000_000 }), { nil: undefined }),
  })
  .map(({ callId, state, outcome, durationMs, atMs }) =>
    event(callId, state, {
      ...(outcome !== undefined && { outcome }),
      ...(durationMs !== undefined && { durationMs }),
      ...(atMs !== undefined && { atMs }),
    }),
  )

describe('CallLedger', () => {
  it('adds up to the same, in whatever order events come and however often', () => {
    const orders = fc
      .array(anyEvent, { maxLength: 14 })
      .chain((events) =>
        fc.record({ events: fc.constant(events), shuffled: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }) }),
      )
    fc.assert(
      fc.property(orders, ({ events, shuffled }) => {
        expect(observed(shuffled)).to.deep.equal(observed(events))
      }),
      { numRuns: 500 },
    )
  })

  it('counts duplicates, and each call once', () => {
    const ended = event('c-1', 'completed', { outcome: 'busy' })
    const ledger = ledgerOf([event('c-1', 'ringing'), ended, ended, ended])
    expect(ledger.counts).to.include({ received: 4, duplicates: 2 })
    expect(ledger.ended).to.equal(1)
  })

  it('looks at what came before the id of the simulation was known', () => {
    const ledger = new CallLedger(10)
    ledger.add(event('c-1', 'completed', { outcome: 'busy' }))
    ledger.add({ ...event('c-1', 'completed'), simulationId: 'sim-2' })
    expect(ledger.ended).to.equal(0)
    ledger.identify('sim-1')
    expect(ledger.ended).to.equal(1)
    expect(ledger.counts).to.include({ received: 2, unknown: 1 })
  })

  it('counts events after the end as late, and does not lose them', () => {
    const ledger = ledgerOf([event('c-1', 'completed')])
    ledger.close()
    ledger.add(event('c-2', 'completed'))
    expect(ledger.counts.late).to.equal(1)
    expect(ledger.ended).to.equal(2)
  })

  it('names states that nobody knows, and not more than ten of them', () => {
    const strange = Array.from({ length: 30 }, (_, index): CallEvent => ({ simulationId: 'sim-1', callId: 'c', stateName: `ODD${index}` }))
    const { unknown, unknownStates } = ledgerOf(strange).counts
    expect(unknown).to.equal(30)
    expect(unknownStates).to.have.length(10)
  })

  it('keeps no more calls than twice those that were asked for, and some', () => {
    const flood = Array.from({ length: 5_000 }, (_, index) => event(`c-${index}`, 'completed'))
    const ledger = ledgerOf(flood, 100)
    expect([...ledger.calls]).to.have.length(1_200)
    expect(ledger.counts.unknown).to.equal(3_800)
  })
})

describe('observeCalls', () => {
  it('counts outcomes, those that were not injected too', () => {
    const calls = observed([
      event('c-1', 'completed', { outcome: 'busy' }),
      event('c-2', 'completed', { outcome: 'answered' }),
      event('c-3', 'completed', { outcome: 'robot' }),
    ])
    expect(calls?.outcomes).to.deep.equal({ 'dial-tone': 0, busy: 1, 'no-answer': 0, answered: 1, voicemail: 0, robot: 1 })
  })

  it('takes an abandoned call for one that was answered, and for one that did not end as injected', () => {
    const calls = observed([event('c-1', 'abandoned'), event('c-2', 'completed', { outcome: 'answered' })])
    expect(calls).to.include({ ended: 2, answered: 2, abandoned: 1 })
    expect(calls?.accuracy).to.deep.equal({ asInjected: 1, calls: 2, share: 0.5 })
  })

  it('takes an outcome that was to happen never for one that is not as injected', () => {
    const calls = observed([event('c-1', 'completed', { outcome: 'dial-tone' }), event('c-2', 'completed', { outcome: 'voicemail' })])
    expect(calls?.accuracy).to.deep.equal({ asInjected: 1, calls: 2, share: 0.5 })
  })

  it('works out when a call began from its end and its duration', () => {
    const calls = observed([
      event('c-1', 'completed', { atMs: 10_000, durationMs: 5_000 }),
      event('c-2', 'completed', { atMs: 12_000, durationMs: 4_000 }),
      event('c-3', 'completed', { atMs: 20_000, durationMs: 1_000 }),
    ])
    expect(calls?.inFlight).to.include({ max: 2, calls: 3 })
    expect(calls?.duration).to.include({ count: 3, min: 1_000, max: 5_000, p50: 4_000 })
  })

  it('says that a call ended in two ways at once', () => {
    const ends = [event('c-1', 'completed', { outcome: 'busy' }), event('c-1', 'completed', { outcome: 'answered' })]
    expect(observed(ends)?.contradictory).to.equal(1)
  })

  it('is nothing where no call is known', () => {
    expect(observed([])).to.equal(undefined)
  })
})
