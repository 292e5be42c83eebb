import { expect } from 'chai'
import type { Evidence } from '../../src/model/evidence.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import { plain } from '../../src/report/colours.ts'
import { tellEvidence } from '../../src/report/tell-evidence.ts'
import { everyField } from '../support/evidence.ts'
import { renderFile, renderScreen } from './support/render.ts'
import { passed, planned, runFinished, runStarted } from './support/run-script.ts'

function told(evidence: readonly Evidence[]): readonly string[] {
  return tellEvidence([{ evidence }], plain)
}

const file = 'scenarios/dialer.cxspec.yaml'

/** A run of one scenario with one piece of evidence. */
function runOf(outcome: Outcome) {
  const id = `${file}#calls`
  return [
    runStarted,
    planned(file, 'Dialer', ['calls']),
    { type: 'scenario-started', atMs: 1, scenario: id },
    { type: 'step-finished', atMs: 2, scenario: id, try: 1, step: 0, kind: 'simulate', durationMs: 1, evidence: [everyField] },
    { type: 'scenario-finished', atMs: 3, scenario: id, tries: 1, durationMs: 1, outcome },
    runFinished(outcome.status === 'failed' ? 1 : 0, 4),
  ] as const
}

const inconclusive: Outcome = { status: 'inconclusive', findings: [{ code: 'TOO_FEW_CALLS', message: 'too few', inconclusive: true }] }

describe('tellEvidence', () => {
  it('tells claim, n, statistic, p, alpha and what would decide, then each class against what was expected', () => {
    expect(told([everyField])).to.deep.equal([
      '? outcomes as injected: n 40 · 2% to 20% at 95% · Monte-Carlo test · chi-square 0.53 · 1 degree of freedom · p 0.44 · alpha 0.001 · 227 samples · 71 calls would decide',
      '    the outcome of 2 more calls is not known',
      '    busy 3 = 7.5% (2.5% to 19.9% at 95%), expected 5%',
    ])
  })

  it('tells observed and expected where there are no classes', () => {
    const evidence: Evidence = {
      claim: 'callsCompleted is 500',
      verdict: 'met',
      method: 'comparison',
      n: 500,
      observed: 500,
      expected: 500,
    }
    expect(told([evidence])).to.deep.equal(['✓ callsCompleted is 500: n 500 · observed 500 · expected 500'])
  })

  it('tells shares and their bounds as authors write them', () => {
    const evidence: Evidence = {
      claim: 'the share of "busy" is 10% to 30%',
      verdict: 'met',
      method: 'wilson-interval',
      n: 500,
      observed: { count: 100, share: 0.2 },
      expected: { min: 0.1, max: 0.3 },
    }
    expect(told([evidence])[0]).to.contain('observed 100 = 20% · expected at least 10% and at most 30% · interval of Wilson')
  })

  it('moves no cursor, whatever a target calls an outcome', () => {
    const [one] = everyField.classes
    const lines = told([{ ...everyField, remark: '\u001b[2J', classes: one ? [{ ...one, name: 'a\r\nb\u001b[31m' }] : [] }])
    expect(lines.join('')).to.not.match(/\p{Cc}/u)
  })

  it('is told in detail on the screen, and always where the scenario did not pass', async () => {
    const line = '? outcomes as injected: n 40'
    expect(await renderScreen(runOf(passed), { detail: 'verbose' })).to.contain(line)
    expect(await renderScreen(runOf(passed))).to.not.contain(line)
    expect(await renderScreen(runOf(inconclusive))).to.contain(line)
  })

  it('stands in JUnit also for a scenario that passed', async () => {
    expect(await renderFile('junit', runOf(passed))).to.match(/<system-out>\? outcomes as injected: n 40[^<]*<\/system-out>/)
    const text = await renderFile('junit', runOf(inconclusive))
    expect(text)
      .to.contain('<skipped')
      .and.to.contain('outcomes as injected: n 40')
      .and.not.to.match(/<system-out>[^<]*outcomes as injected/)
  })
})
