import { expect } from 'chai'
import fc from 'fast-check'
import { historyOf } from '../../src/regression/history.ts'
import { passRates } from '../../src/regression/pass-rates.ts'
import { showHistory } from '../../src/regression/show-history.ts'
import { plain } from '../../src/report/colours.ts'
import { night, scenario } from './support.ts'

const failed = { status: 'failed' } as const

describe('passRates', () => {
  it('tells how often a scenario passed, and in which interval its true rate lies', () => {
    const runs = [...Array(9).keys()].map((day) => night(day + 1, [scenario('a', day === 3 ? failed : {})]))
    const [rate] = passRates(runs)
    expect(rate).to.deep.include({ judged: 9, passed: 8, flaky: 0, turns: 2, isUnsteady: true })
    expect(rate?.interval.low).to.be.closeTo(0.565, 0.001)
    expect(rate?.interval.high).to.be.closeTo(0.98, 0.001)
  })

  it('does not call steady what always passes or always fails, but flaky what needs another try', () => {
    const rates = passRates(
      [1, 2].map((day) => night(day, [scenario('good'), scenario('bad', failed), scenario('flaky', { isFlaky: true })])),
    )
    expect(rates.map(({ scenario: { name }, isUnsteady }) => [name, isUnsteady])).to.deep.equal([
      ['bad', false],
      ['flaky', true],
      ['good', false],
    ])
  })

  it('leaves out runs in which the scenario was not judged', () => {
    expect(passRates([night(1, [scenario('a', { status: 'skipped' })]), night(2, [scenario('a')])])[0]).to.deep.include({ judged: 1 })
  })

  it('counts every verdict once', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (verdicts) => {
        const [rate] = passRates(verdicts.map((isGood, day) => night(day + 1, [scenario('a', isGood ? {} : failed)])))
        expect(rate?.judged).to.equal(verdicts.length)
        expect(rate?.passed).to.equal(verdicts.filter(Boolean).length)
        expect(rate?.interval.low).to.be.at.most((rate?.passed ?? 0) / verdicts.length)
        expect(rate?.interval.high).to.be.at.least((rate?.passed ?? 0) / verdicts.length)
      }),
    )
  })
})

describe('historyOf', () => {
  it('puts runs in the order of their time and counts how they ended', () => {
    const { runs } = historyOf([
      night(2, [scenario('a', failed), scenario('b', { isFlaky: true }), scenario('c', { status: 'skipped' })]),
      night(1, [scenario('a', { status: 'errored' })]),
    ])
    expect(runs.map(({ source }) => source)).to.deep.equal(['nights/1.jsonl', 'nights/2.jsonl'])
    expect(runs[1]).to.deep.include({ scenarios: 3, passed: 1, flaky: 1, failed: 1, errored: 0, notJudged: 1, passRate: 0.5 })
  })

  it('has no pass rate for a run in which nothing was judged', () => {
    expect(historyOf([night(1, [])]).runs[0]).not.to.have.property('passRate')
  })
})

describe('showHistory', () => {
  it('shows a line for each run, then what is not steady', () => {
    const runs = [night(1, [scenario('a'), scenario('b')]), night(2, [scenario('a', failed), scenario('b')], { isComplete: false })]
    expect(showHistory(historyOf(runs), plain)).to.equal(
      `started                   passed  flaky  failed  errored  no verdict  pass rate  duration  target   journal
2026-01-01T02:00:00.000Z       2      0       0        0           0     100.0%     1.0 s  staging  nights/1.jsonl
2026-01-02T02:00:00.000Z       1      0       1        0           0      50.0%     1.0 s  staging  nights/2.jsonl  did not come to its end

1 scenario not steady
pass rate  95% interval   runs  flaky  turns  scenario
    50.0%  9.4% to 90.5%     2      0      1  Menu › a  scenarios/menu.cxspec.yaml:3
`,
    )
  })

  it('says that all is steady', () => {
    expect(showHistory(historyOf([night(1, [scenario('a')])]), plain)).to.match(/✓ no scenario is unsteady\n$/)
  })
})
