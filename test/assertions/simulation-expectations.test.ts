import { expect } from 'chai'
import fc from 'fast-check'
import { type Judgement, judgementOf } from '../../src/assertions/expectation.ts'
import { simulationExpectations } from '../../src/assertions/simulation-expectations.ts'
import type { Json } from '../../src/model/json.ts'
import type { SimulationObservation } from '../../src/model/simulation.ts'
import { simulation, withoutCalls } from '../support/simulation.ts'

function judged(key: string, expected: Json, observation: SimulationObservation = simulation()): Judgement {
  const expectation = simulationExpectations[key]
  return expectation ? judgementOf(expectation(expected, observation)) : expect.fail(`no expectation ${key}`)
}

/** `met`, or the codes of what is not. */
function verdict(key: string, expected: Json, observation?: SimulationObservation): string {
  const { findings } = judged(key, expected, observation)
  return findings.length === 0 ? 'met' : findings.map(({ code, inconclusive }) => (inconclusive ? `?${code}` : code)).join(' ')
}

/** 500 calls of which some were abandoned, all of them answered. */
function abandoned(count: number, answered: number, lost = 0): SimulationObservation {
  return simulation({ outcomes: { answered, busy: 500 - answered }, calls: { abandoned: count, answered }, lost })
}

describe('simulationExpectations', () => {
  const ofCalls: Readonly<Record<string, Json>> = {
    outcomes: { matchInjection: true, answered: 200, busy: { count: 100, share: { max: '30%' } } },
    abandonRate: '3%',
    accuracy: '95%',
    concurrency: { max: 5 },
    callDuration: { p95: '60s' },
  }

  for (const [key, expected] of Object.entries(ofCalls)) {
    it(`never meets ${key} where the target shows no calls, and says why`, () => {
      for (const observation of [withoutCalls(true), withoutCalls(false)]) {
        const { findings, evidence } = judged(key, expected, observation)
        expect(findings).to.have.length(evidence.length).and.not.be.empty
        for (const finding of findings) {
          expect(finding).to.include({ code: 'NOT_SHOWN', inconclusive: true })
          expect(finding.message).to.match(/call event/)
          expect(finding.advice).to.be.a('string')
        }
        for (const each of evidence) expect(each).to.include({ verdict: 'inconclusive', n: 0 })
      }
    })
  }

  it('tells observed, expected, n and a claim of everything about calls, also where it is met', () => {
    for (const [key, expected] of Object.entries({ ...ofCalls, callsAttempted: 500, callsCompleted: { gte: 400 }, latency: '3s' })) {
      const { findings, evidence } = judged(key, expected)
      expect(findings, key).to.deep.equal([])
      expect(evidence, key).to.not.be.empty
      for (const each of evidence) {
        expect(each, key).to.include({ verdict: 'met' }).and.to.have.any.keys('observed')
        expect(each.observed, key).to.not.equal(undefined)
        expect(each.expected, key).to.not.equal(undefined)
        expect(each.n, key).to.be.above(0)
      }
    }
  })

  it('says what cannot be read', () => {
    const wrong: Readonly<Record<string, Json>> = {
      outcomes: 5,
      abandonRate: { max: 'few' },
      accuracy: 'high',
      concurrency: 'five',
      callDuration: { p95: 60 },
      latency: { p42: '1s' },
    }
    for (const [key, expected] of Object.entries(wrong)) expect(verdict(key, expected), key).to.equal('EXPECTATION_INVALID')
    expect(verdict('abandonRate', { max: '3%', base: 'all' })).to.equal('EXPECTATION_INVALID')
  })

  describe('state, complianceBypassed and errors', () => {
    it('compare what the target says', () => {
      const failed = simulation({}, { state: 'failed', complianceBypassed: false, errors: [{ code: 'CARRIER_DOWN', message: 'no trunk' }] })
      expect([verdict('state', 'completed'), verdict('complianceBypassed', true), verdict('errors', 'none')]).to.deep.equal([
        'met',
        'met',
        'met',
      ])
      expect(judged('state', 'completed', failed).findings[0]).to.deep.include({
        code: 'STATE_DIFFERS',
        message: 'state is "failed", expected "completed"',
        details: ['CARRIER_DOWN: no trunk'],
      })
      expect(verdict('complianceBypassed', true, failed)).to.equal('COMPLIANCE_DIFFERS')
      expect(judged('errors', 'none', failed).findings[0]?.message).to.equal('the simulation has 1 error, expected none')
      expect(verdict('errors', [{ code: 'CARRIER_DOWN' }], failed)).to.equal('met')
    })
  })

  describe('callsAttempted and callsCompleted', () => {
    it('take numbers and matchers', () => {
      expect(verdict('callsCompleted', 500)).to.equal('met')
      expect(verdict('callsAttempted', { lt: 500 })).to.equal('CALL_COUNT_DIFFERS')
      expect(judged('callsCompleted', 499).evidence[0]).to.deep.include({ verdict: 'unmet', observed: 500, expected: 499 })
    })
  })

  describe('outcomes', () => {
    it('match the injection where they do, and tell statistic, p, n and every share with its interval', () => {
      const [evidence] = judged('outcomes', { matchInjection: true }).evidence
      expect(evidence).to.deep.include({
        verdict: 'met',
        method: 'chi-square',
        n: 500,
        statistic: 0,
        degreesOfFreedom: 3,
        p: 1,
        alpha: 0.001,
      })
      expect(evidence?.at).to.deep.equal(['matchInjection'])
      expect(evidence?.classes?.map(({ name, share, expectedCount }) => [name, share, Math.round(expectedCount ?? 0)])).to.deep.equal([
        ['dial-tone', 0.15, 75],
        ['busy', 0.2, 100],
        ['no-answer', 0.25, 125],
        ['answered', 0.4, 200],
      ])
      for (const { share, interval } of evidence?.classes ?? []) expect(share).to.be.within(interval.low, interval.high)
    })

    it('do not match it where they differ', () => {
      const observation = simulation({ outcomes: { 'dial-tone': 40, busy: 100, 'no-answer': 120, answered: 240 } })
      const { findings, evidence } = judged('outcomes', { matchInjection: { alpha: 0.001 } }, observation)
      expect(findings[0]).to.deep.include({ code: 'OUTCOMES_DIFFER', at: ['matchInjection'] })
      expect(findings[0]?.message).to.match(/^the outcomes of 500 calls are not as injected: p \S+ is below alpha 0.001$/)
      expect(evidence[0]?.classes).to.have.length(4)
      expect(evidence[0]).to.include({ verdict: 'unmet' })
      expect(evidence[0]?.p).to.be.below(0.001)
    })

    it('count what the probabilities leave over as voicemail', () => {
      const injected = { 'dial-tone': 0.1, busy: 0.2, 'no-answer': 0.2, answered: 0.3 }
      const fitting = simulation({ injected, outcomes: { 'dial-tone': 50, busy: 100, 'no-answer': 100, answered: 150, voicemail: 100 } })
      expect(verdict('outcomes', { matchInjection: true }, fitting)).to.equal('met')
      const without = simulation({ injected, outcomes: { 'dial-tone': 60, busy: 125, 'no-answer': 125, answered: 190, voicemail: 0 } })
      expect(verdict('outcomes', { matchInjection: true }, without)).to.equal('OUTCOMES_DIFFER')
    })

    it('must not be what was not injected, nor what nobody knows', () => {
      const odd = simulation({ outcomes: { 'dial-tone': 75, busy: 100, 'no-answer': 125, answered: 200, voicemail: 1, fax: 2 } })
      const { findings, evidence } = judged('outcomes', { matchInjection: true }, odd)
      expect(findings[0]).to.deep.include({
        code: 'OUTCOME_NOT_INJECTED',
        message: '"voicemail" (1 call) and "fax" (2 calls) occurred, and the injected probability is 0',
      })
      expect(evidence[0]).to.include({ verdict: 'unmet', p: 0 })
    })

    it('tell the first of many outcomes that nobody injected', () => {
      const names = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`made-up-${index}`, 1]))
      const { findings, evidence } = judged('outcomes', { matchInjection: true }, simulation({ outcomes: { answered: 200, ...names } }))
      expect(findings[0]?.message).to.have.length.below(500).and.to.contain('and 4990 more')
      expect(evidence[0]?.classes).to.have.length(14)
    })

    it('are tested exactly where few calls are expected, and by seeded samples where that takes too long', () => {
      const few = simulation({ outcomes: { 'dial-tone': 4, busy: 6, 'no-answer': 7, answered: 11 } })
      expect(judged('outcomes', { matchInjection: { detect: '60%' } }, few).evidence[0]).to.include({ method: 'exact-multinomial', n: 28 })
      const rare = simulation({
        injected: { busy: 0.0004, 'no-answer': 0.3, answered: 0.3, 'dial-tone': 0.2 },
        outcomes: { busy: 1, 'no-answer': 300, answered: 300, 'dial-tone': 200, voicemail: 199 },
      })
      const [once, again] = [judged('outcomes', { matchInjection: true }, rare), judged('outcomes', { matchInjection: true }, rare)]
      expect(once.evidence[0]).to.include({ method: 'monte-carlo-multinomial', verdict: 'met' })
      expect(again).to.deep.equal(once)
    })

    it('are inconclusive where a gross deviation could stay unseen, with the calls that it takes', () => {
      const few = simulation({ outcomes: { 'dial-tone': 2, busy: 2, 'no-answer': 2, answered: 4 } })
      const { findings, evidence } = judged('outcomes', { matchInjection: true }, few)
      expect(findings[0]).to.include({ code: 'TOO_FEW_CALLS', inconclusive: true })
      expect(findings[0]?.message).to.equal('10 calls are not enough to say whether the outcomes are as injected')
      const needed = evidence[0]?.callsNeeded ?? 0
      expect(needed).to.be.within(40, 60)
      expect(findings[0]?.advice).to.contain(`with ${needed} calls, a shift of 30% of the calls`)
      const enough = simulation({ outcomes: { 'dial-tone': 9, busy: 12, 'no-answer': 15, answered: 24 } })
      expect(verdict('outcomes', { matchInjection: true }, enough)).to.equal('met')
      expect(verdict('outcomes', { matchInjection: { detect: '5%' } }, simulation())).to.equal('?TOO_FEW_CALLS')
    })

    it('are inconclusive without any call', () => {
      expect(verdict('outcomes', { matchInjection: true }, simulation({ outcomes: {} }))).to.equal('?TOO_FEW_CALLS')
      expect(verdict('outcomes', { busy: { share: { max: '10%' } } }, simulation({ outcomes: {} }))).to.equal('?TOO_FEW_CALLS')
    })

    it('cannot match an injection that there is not', () => {
      const observation = simulation({}, { injected: { ...simulation().injected, enabled: false } })
      expect(verdict('outcomes', { matchInjection: true }, observation)).to.equal('NOTHING_INJECTED')
    })

    it('count exactly, or by a matcher', () => {
      expect(verdict('outcomes', { answered: 200, busy: { gte: 90, lte: 110 }, voicemail: 0, 'no-answer': { count: 125 } })).to.equal('met')
      const { findings } = judged('outcomes', { busy: { count: { gt: 100 } } })
      expect(findings[0]).to.deep.include({ code: 'OUTCOME_COUNT_DIFFERS', at: ['busy', 'count'], actual: 100 })
      expect(findings[0]?.message).to.equal('100 calls ended "busy", expected more than 100')
      expect(verdict('outcomes', { constructor: 0 })).to.equal('met')
    })

    it('count lost calls for nobody: where they matter, nobody can say', () => {
      const observation = simulation({ lost: 3 })
      expect(verdict('outcomes', { busy: 103 }, observation)).to.equal('?NOT_SHOWN')
      expect(verdict('outcomes', { busy: { gte: 100 } }, observation)).to.equal('met')
      expect(verdict('outcomes', { busy: { gte: 104 } }, observation)).to.equal('OUTCOME_COUNT_DIFFERS')
      expect(judged('outcomes', { matchInjection: true }, observation).evidence[0]?.remark).to.contain('3 more calls')
    })

    it('have a share within bounds, outside, or nobody can say yet', () => {
      expect(verdict('outcomes', { answered: { share: { min: '35%', max: 0.45 } } })).to.equal('met')
      const outside = judged('outcomes', { answered: { share: { max: '30%' } } })
      expect(outside.findings[0]).to.deep.include({ code: 'SHARE_DIFFERS', at: ['answered', 'share'] })
      expect(outside.findings[0]?.message).to.contain('the share of "answered" is 40% (200 of 500), expected at most 30%')
      const open = judged('outcomes', { answered: { share: { max: '42%' } } })
      expect(open.findings[0]).to.include({ code: 'TOO_FEW_CALLS', inconclusive: true })
      const needed = open.evidence[0]?.callsNeeded ?? 0
      expect(needed).to.be.above(500)
      const more = simulation({ outcomes: { answered: Math.floor(0.4 * needed), busy: Math.ceil(0.6 * needed) } })
      expect(verdict('outcomes', { answered: { share: { max: '42%' } } }, more)).to.equal('met')
    })

    it('fails sound simulations about as rarely as alpha says', () => {
      const alpha = 0.2
      const counts = fc.tuple(fc.integer({ min: 60, max: 90 }), fc.integer({ min: 80, max: 120 }), fc.integer({ min: 105, max: 145 }))
      fc.assert(
        fc.property(counts, ([dial, busy, none]) => {
          const observation = simulation({ outcomes: { 'dial-tone': dial, busy, 'no-answer': none, answered: 500 - dial - busy - none } })
          const { findings, evidence } = judged('outcomes', { matchInjection: { alpha } }, observation)
          expect(findings.length > 0).to.equal((evidence[0]?.p ?? 0) < alpha)
        }),
      )
    })
  })

  describe('abandonRate', () => {
    for (const [count, n] of [
      [0, 99],
      [1, 157],
      [2, 208],
      [3, 257],
    ] as const) {
      it(`is at most 3 % at 95 % with ${count} of ${n} calls, and not with one call less`, () => {
        expect(verdict('abandonRate', { max: '3%', confidence: '95%' }, abandoned(count, n))).to.equal('met')
        const { findings, evidence } = judged('abandonRate', '3%', abandoned(count, n - 1))
        expect(findings[0]).to.include({ code: 'TOO_FEW_CALLS', inconclusive: true })
        expect(findings[0]?.advice).to.contain(`${n} calls`)
        expect(evidence[0]).to.include({ verdict: 'inconclusive', n: n - 1 })
      })
    }

    it('fails where the limit makes what was seen improbable', () => {
      const { findings, evidence } = judged('abandonRate', 0.03, abandoned(20, 200))
      expect(findings[0]?.code).to.equal('ABANDONED_TOO_OFTEN')
      expect(findings[0]?.message).to.match(
        /^20 of 200 answered calls were abandoned \(10%\), expected at most 3%: p \S+ is below alpha 0.001$/,
      )
      expect(evidence[0]).to.deep.include({ observed: { count: 20, share: 0.1 }, expected: { max: 0.03 } })
      expect(evidence[0]?.interval?.high).to.be.above(0.1)
    })

    it('tells the calls that decide it, if they go on like this and at best', () => {
      const { findings } = judged('abandonRate', '3%', abandoned(1, 100))
      expect(findings[0]?.advice).to.match(/^about \d+ calls in all would decide it if they go on like this; 157 calls would show it/)
      expect(judged('abandonRate', '3%', abandoned(6, 200)).findings[0]?.advice).to.contain('no number of calls decides it')
      expect(judged('abandonRate', '3%', abandoned(0, 50)).evidence[0]?.callsNeeded).to.equal(99)
    })

    it('is a share of the calls that its base names', () => {
      expect(verdict('abandonRate', '3%', abandoned(1, 150))).to.equal('?TOO_FEW_CALLS')
      for (const base of ['attempted', 'completed'])
        expect(verdict('abandonRate', { max: '3%', base }, abandoned(1, 150)), base).to.equal('met')
    })

    it('holds even if lost calls were abandoned, where they belong to the base', () => {
      expect(verdict('abandonRate', { max: '3%', base: 'attempted' }, abandoned(0, 200, 5))).to.equal('met')
      expect(verdict('abandonRate', { max: '3%', base: 'attempted' }, abandoned(0, 200, 15))).to.equal('?TOO_FEW_CALLS')
    })

    it('allows none where its limit is 0', () => {
      expect(verdict('abandonRate', 0, abandoned(0, 10))).to.equal('met')
      expect(verdict('abandonRate', '0%', abandoned(1, 10_000))).to.equal('ABANDONED_TOO_OFTEN')
    })

    it('is inconclusive where nobody answered', () => {
      expect(verdict('abandonRate', '3%', abandoned(0, 0))).to.equal('?TOO_FEW_CALLS')
    })

    it('never gets worse with fewer abandoned calls', () => {
      const rank = (count: number, n: number): number =>
        ['met', '?TOO_FEW_CALLS', 'ABANDONED_TOO_OFTEN'].indexOf(verdict('abandonRate', '3%', abandoned(count, n)))
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 60 }), (n, count) => {
          expect(rank(Math.min(n, count), n)).to.be.at.most(rank(Math.min(n, count + 1), n))
        }),
      )
    })
  })

  describe('accuracy', () => {
    const ending = (asInjected: number, calls: number): SimulationObservation =>
      simulation({ calls: { accuracy: { asInjected, calls, share: asInjected / calls } } })

    it('is shown, refuted, or open', () => {
      expect(verdict('accuracy', { min: '95%' })).to.equal('met')
      expect(verdict('accuracy', '95%', ending(400, 500))).to.equal('ACCURACY_TOO_LOW')
      expect(verdict('accuracy', 0.95, ending(40, 40))).to.equal('?TOO_FEW_CALLS')
      expect(judged('accuracy', '95%', ending(40, 40)).evidence[0]?.callsNeeded).to.equal(59)
      expect(verdict('accuracy', '100%', ending(499, 500))).to.equal('ACCURACY_TOO_LOW')
      expect(verdict('accuracy', '100%', ending(500, 500))).to.equal('met')
    })

    it('cannot be shown where nothing was injected', () => {
      const { accuracy: _, ...calls } = simulation().calls ?? expect.fail('no calls')
      expect(verdict('accuracy', '95%', { ...simulation(), calls })).to.equal('?NOT_SHOWN')
    })
  })

  describe('concurrency', () => {
    it('bounds the calls that were in flight at once', () => {
      expect([verdict('concurrency', 5), verdict('concurrency', { min: 5, max: 5 })]).to.deep.equal(['met', 'met'])
      expect(judged('concurrency', { max: 4 }).findings[0]).to.deep.include({
        code: 'TOO_MANY_CALLS_AT_ONCE',
        message: '5 calls were in flight at once, expected at most 4 calls',
        at: ['max'],
      })
      expect(verdict('concurrency', { min: 6 })).to.equal('TOO_FEW_CALLS_AT_ONCE')
    })

    it('cannot be shown where nobody tells when calls began', () => {
      const { inFlight: _, ...calls } = simulation().calls ?? expect.fail('no calls')
      expect(verdict('concurrency', 5, { ...simulation(), calls })).to.equal('?NOT_SHOWN')
    })
  })

  describe('callDuration and latency', () => {
    it('bound percentiles and extremes', () => {
      expect(verdict('callDuration', { p50: '20s', p95: '45s', p99: '1m', max: '61s', min: '100ms' })).to.equal('met')
      expect(judged('callDuration', { p95: '44s' }).findings[0]).to.deep.include({
        code: 'DURATION_TOO_LONG',
        message: 'the 95th percentile call duration is 45s, expected at most 44s',
        at: ['p95'],
      })
      expect(verdict('latency', { max: '2s' })).to.equal('DURATION_TOO_LONG')
      expect(verdict('callDuration', { min: '1s' })).to.equal('DURATION_TOO_SHORT')
      expect(judged('latency', '2s').evidence[0]).to.deep.include({ n: 8, observed: { max: 2_100 }, expected: { max: 2_000 } })
    })

    it('cannot be shown where no event tells a duration', () => {
      const { duration: _, ...calls } = simulation().calls ?? expect.fail('no calls')
      expect(verdict('callDuration', '1m', { ...simulation(), calls })).to.equal('?NOT_SHOWN')
    })
  })
})
