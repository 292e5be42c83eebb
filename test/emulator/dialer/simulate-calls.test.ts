import { expect } from 'chai'
import fc from 'fast-check'
import { resolveDialer } from '../../../src/emulator/dialer/dialer-options.ts'
import type { CallProfile } from '../../../src/emulator/dialer/draw-call.ts'
import { injectedShares, OUTCOMES, type OutcomeShares } from '../../../src/emulator/dialer/outcomes.ts'
import { type CallEvent, type CallPlan, isEnd, simulateCalls } from '../../../src/emulator/dialer/simulate-calls.ts'
import { createRandom } from '../../../src/emulator/random.ts'

const USUAL = resolveDialer().profile

const SHARES: OutcomeShares = injectedShares({
  enabled: true,
  dialToneProbability: 0.15,
  busySignalProbability: 0.2,
  noAnswerProbability: 0.25,
  answerProbability: 0.3,
})

const share = fc.double({ min: 0, max: 1, noNaN: true })

const shares = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 9 })).map((weights): OutcomeShares => {
  const sum = weights.reduce((total, weight) => total + weight)
  const [dialTone, busy, noAnswer, answered, voicemail] = weights
  return {
    'dial-tone': dialTone / sum,
    busy: busy / sum,
    'no-answer': noAnswer / sum,
    answered: answered / sum,
    voicemail: voicemail / sum,
  }
})

const plan: fc.Arbitrary<CallPlan> = fc.record({
  maxCalls: fc.integer({ min: 1, max: 60 }),
  concurrencyLimit: fc.integer({ min: 1, max: 12 }),
  profile: fc.record({ shares, abandonShare: share, failShare: share }).map((part): CallProfile => ({ ...USUAL, ...part })),
})

function run(calls: CallPlan, seed = 'a'): CallEvent[] {
  return [...simulateCalls(calls, createRandom(seed))]
}

function ends(events: readonly CallEvent[]): CallEvent[] {
  return events.filter(({ state }) => isEnd(state))
}

describe('simulateCalls', () => {
  it('tells events in order of time, in whole milliseconds', () => {
    fc.assert(
      fc.property(plan, fc.string(), (calls, seed) => {
        const times = run(calls, seed).map(({ atMs }) => atMs)
        expect(times).to.deep.equal([...times].sort((one, other) => one - other))
        expect(times.every(Number.isSafeInteger)).to.equal(true)
      }),
    )
  })

  it('makes every call once, and each rings before it ends once', () => {
    fc.assert(
      fc.property(plan, fc.string(), (calls, seed) => {
        const events = run(calls, seed)
        const numbers = Array.from({ length: calls.maxCalls }, (_call, index) => index + 1)
        for (const number of numbers) {
          const states = events.filter(({ call }) => call === number).map(({ state }) => state)
          expect(states[0]).to.equal('ringing')
          expect(states.filter(isEnd)).to.have.length(1)
          expect(isEnd(states.at(-1) ?? 'ringing')).to.equal(true)
        }
        expect(new Set(events.map(({ call }) => call)).size).to.equal(calls.maxCalls)
      }),
    )
  })

  it('never has more calls in flight than there are lines, as can be worked out from the ends alone', () => {
    fc.assert(
      fc.property(plan, fc.string(), (calls, seed) => {
        const finished = ends(run(calls, seed))
        for (const { atMs } of finished) {
          const inFlight = finished.filter((other) => other.atMs - other.durationMs < atMs && atMs <= other.atMs)
          expect(inFlight.length).to.be.at.most(calls.concurrencyLimit)
        }
      }),
    )
  })

  it('tells the outcome only once it is known, the same from then on', () => {
    fc.assert(
      fc.property(plan, fc.string(), (calls, seed) => {
        for (const { state, outcome } of run(calls, seed)) {
          if (state === 'ringing' || state === 'failed') expect(outcome).to.equal(undefined)
          else if (state === 'abandoned') expect(outcome).to.equal('answered')
          else if (state === 'in-progress') expect(outcome).to.be.oneOf(['answered', 'voicemail'])
          else expect(calls.profile.shares[outcome ?? 'busy']).to.be.above(0)
        }
      }),
    )
  })

  it('makes the same calls from the same seed, and others from another', () => {
    const calls = { maxCalls: 50, concurrencyLimit: 4, profile: { ...USUAL, shares: SHARES } }
    expect(run(calls, 'one')).to.deep.equal(run(calls, 'one'))
    expect(run(calls, 'one')).not.to.deep.equal(run(calls, 'two'))
  })

  it('lets each outcome happen as often as it is injected', () => {
    const count = 20_000
    const events = ends(run({ maxCalls: count, concurrencyLimit: 20, profile: { ...USUAL, shares: SHARES } }))
    for (const outcome of OUTCOMES) {
      const expected = SHARES[outcome]
      const seen = events.filter((event) => event.outcome === outcome).length / count
      expect(Math.abs(seen - expected), outcome).to.be.below(4 * Math.sqrt((expected * (1 - expected)) / count))
    }
  })

  it('never lets an outcome happen whose share is 0, also where shares sum to 1 only in decimal terms', () => {
    const injected = injectedShares({ enabled: true, dialToneProbability: 0.1, busySignalProbability: 0.2, answerProbability: 0.7 })
    const outcomes = ends(run({ maxCalls: 5_000, concurrencyLimit: 50, profile: { ...USUAL, shares: injected } })).map((end) => end.outcome)
    expect(new Set(outcomes)).to.deep.equal(new Set(['dial-tone', 'busy', 'answered']))
  })

  it('abandons answered calls, and lets calls fail, as often as it is told', () => {
    const count = 20_000
    const profile = { ...USUAL, shares: SHARES, abandonShare: 0.1, failShare: 0.05 }
    const events = ends(run({ maxCalls: count, concurrencyLimit: 20, profile }))
    const shareOf = (state: string): number => events.filter((event) => event.state === state).length / count
    expect(shareOf('failed')).to.be.closeTo(0.05, 0.006)
    expect(shareOf('abandoned')).to.be.closeTo(0.95 * 0.3 * 0.1, 0.005)
  })
})
