import { expect } from 'chai'
import fc from 'fast-check'
import type { RunEvent } from '../../src/model/event.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import { RunCollector } from '../../src/report/run-collector.ts'
import type { RunReport, ScenarioReport, SuiteReport } from '../../src/report/run-report.ts'
import { failed, passed, planned, runFinished, runStarted, turn } from './support/run-script.ts'
import { sampleRun } from './support/sample-run.ts'

const file = 'scenarios/a.cxspec.yaml'

function collect(events: readonly RunEvent[]): RunReport<ScenarioReport> {
  const collector = new RunCollector<ScenarioReport>({ keep: (scenario) => scenario })
  for (const event of events) collector.on(event)
  return collector.report()
}

function scenariosOf(report: RunReport<ScenarioReport>): ScenarioReport[] {
  return report.suites.flatMap((suite) => suite.scenarios)
}

describe('RunCollector', () => {
  it('puts the scenarios of a file in their order, whichever ended first', () => {
    const report = collect([
      planned(file, 'A', ['one', 'two']),
      ...turn(`${file}#two`, { outcome: passed, atMs: 5 }),
      ...turn(`${file}#one`, { outcome: passed, atMs: 9 }),
    ])
    expect(scenariosOf(report).map((scenario) => scenario.name)).to.deep.equal(['one', 'two'])
    expect(report.suites[0]).to.include({ startedAtMs: 5, durationMs: 14 })
  })

  it('sorts suites by file', () => {
    const report = collect([planned('b.cxspec.yaml', 'B', []), planned('a.cxspec.yaml', 'A', [])])
    expect(report.suites.map((suite) => suite.file)).to.deep.equal(['a.cxspec.yaml', 'b.cxspec.yaml'])
  })

  it('counts every retry of requests and scenarios', () => {
    const { totals } = collect(sampleRun)
    expect(totals).to.deep.equal({
      scenarios: 7,
      passed: 2,
      flaky: 1,
      excused: 0,
      failed: 1,
      errored: 3,
      inconclusive: 0,
      skipped: 1,
      notRun: 0,
      filesRefused: 1,
      teardownsFailed: 0,
      triesAgain: 1,
      requests: 7,
      requestsAgain: 1,
    })
  })

  it('keeps each try with its steps, requests and retries', () => {
    const flaky = scenariosOf(collect(sampleRun)).find((scenario) => scenario.isFlaky)
    expect(flaky?.tries.map(({ number, outcome }) => [number, outcome.status])).to.deep.equal([
      [1, 'failed'],
      [2, 'passed'],
    ])
    expect(flaky?.tries[0]?.steps[0]?.requests).to.deep.equal([
      {
        number: 0,
        api: 'flow-debug',
        method: 'POST',
        path: '/api/v2/flows/debug',
        attempts: 2,
        retries: [{ attempt: 1, reason: '429 Too Many Requests', delayMs: 1_000 }],
        status: 200,
        latencyMs: 12,
        correlationId: 'c-1',
      },
    ])
  })

  it('takes scenarios without an end as cut off by the end of the process', () => {
    const report = collect([
      runStarted,
      planned(file, 'A', ['done', 'running', 'waiting']),
      ...turn(`${file}#done`, { outcome: passed, atMs: 5 }),
      { type: 'scenario-started', atMs: 20, scenario: `${file}#running` },
      { type: 'job-changed', atMs: 90, scenario: `${file}#running`, try: 1, step: 0, job: 'compile', id: 'j-1', status: 'QUEUED' },
    ])
    const [done, running, waiting] = scenariosOf(report)
    expect(done?.outcome).to.deep.equal(passed)
    expect(running?.outcome).to.deep.include({
      status: 'not-run',
      cause: 'interrupted',
      reason: 'the run ended while this scenario was running',
    })
    expect(running?.durationMs).to.equal(70)
    expect(running?.tries[0]?.steps[0]?.jobs).to.deep.equal([{ job: 'compile', id: 'j-1', status: 'QUEUED' }])
    expect(waiting?.outcome).to.deep.include({ status: 'not-run', reason: 'the run ended before this scenario started' })
    expect(report.finished).to.equal(undefined)
    expect(report.totals).to.include({ passed: 1, notRun: 2 })
  })

  it('tells of a suite once, when its last scenario has ended', () => {
    const suites: SuiteReport<string>[] = []
    const collector = new RunCollector<string>({ keep: (scenario) => scenario.name, onSuite: (suite) => suites.push(suite) })
    collector.on(planned(file, 'A', ['one', 'two']))
    for (const event of turn(`${file}#one`, { outcome: passed, atMs: 1 })) collector.on(event)
    expect(suites).to.deep.equal([])
    for (const event of turn(`${file}#two`, { outcome: failed(), atMs: 2 })) collector.on(event)
    collector.report()
    expect(suites.map(({ scenarios, totals }) => [scenarios, totals.passed, totals.failed])).to.deep.equal([[['one', 'two'], 1, 1]])
  })

  it('keeps a teardown that did not work, and leaves the verdict of its scenario', () => {
    const report = collect([
      planned(file, 'A', ['one']),
      { type: 'teardown-failed', atMs: 20, scenario: `${file}#one`, step: 1, findings: [] },
      ...turn(`${file}#one`, { outcome: passed, atMs: 21 }),
    ])
    expect(report.teardownsFailed.map(({ scenario, step }) => [scenario.name, step])).to.deep.equal([['one', 1]])
    expect(scenariosOf(report)[0]?.outcome.status).to.equal('passed')
  })

  it('ignores what is told of scenarios that nobody planned', () => {
    const report = collect([
      ...turn('nobody', { outcome: failed(), atMs: 1 }),
      { type: 'teardown-failed', atMs: 1, scenario: 'nobody', step: 0 },
    ])
    expect(report.totals).to.include({ scenarios: 0, failed: 0, teardownsFailed: 0 })
  })

  it('gives every planned scenario exactly one end, wherever the events are cut off', () => {
    const outcomes: readonly Outcome[] = [
      passed,
      failed(),
      { status: 'skipped', reason: 'later' },
      { status: 'inconclusive', findings: [] },
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...outcomes), { maxLength: 12 }), fc.nat(80), (ends, cut) => {
        const names = ends.map((_, index) => `s${index}`)
        const turns = ends.flatMap((outcome, index) => turn(`${file}#s${index}`, { outcome, atMs: index * 10 }))
        const report = collect([planned(file, 'A', names), ...[...turns, runFinished(0, 999)].slice(0, cut)])
        const { scenarios, passed: ok, failed: bad, errored, inconclusive, skipped, notRun } = report.totals
        expect(scenariosOf(report).map((scenario) => scenario.name)).to.deep.equal(names)
        expect([scenarios, ok + bad + errored + inconclusive + skipped + notRun]).to.deep.equal([ends.length, ends.length])
      }),
    )
  })
})
