import { expect } from 'chai'
import type { HistoryJob } from '../../../src/emulator/history.ts'
import type { RunEvent } from '../../../src/model/event.ts'
import { breaches } from './breaches.ts'
import { eventsIn, type RunTraces } from './run-traces.ts'

const file = 'scenarios/a.cxspec.yaml'
const scenario = `${file}#calls`
const at = { scenario, try: 1, step: 0 }

const started: RunEvent = {
  type: 'run-started',
  atMs: 0,
  runId: '00000000-0000-4000-8000-000000000000',
  startedAt: '2026-01-02T03:04:05.000Z',
  version: '0.0.0',
  target: { name: 'staging', baseUrl: 'http://127.0.0.1:4010' },
  seed: 1,
  hostname: 'runner-1',
}
const planned: RunEvent = {
  type: 'suite-planned',
  atMs: 1,
  file,
  name: 'Dialer',
  scenarios: [{ id: scenario, name: 'calls', line: 3, tags: [] }],
}
const intent: Extract<RunEvent, { type: 'request-intended' }> = {
  ...{ ...at, atMs: 2, type: 'request-intended', request: 0, api: 'dialer-simulations', method: 'POST' },
  ...{ path: '/api/v2/dialer/simulations', startsJob: true, correlationId: 'x-1', body: { tag: 'cxspec/1' } },
}
const answered: RunEvent = { ...at, atMs: 9, type: 'request-answered', request: 0, status: 201, latencyMs: 3, attempts: 1 }
const running: RunEvent = { ...at, atMs: 10, type: 'job-changed', job: 'simulation', id: 's-1', status: 'running' }
const completed: RunEvent = { ...at, atMs: 20, type: 'job-changed', job: 'simulation', id: 's-1', status: 'completed', ended: true }
const passed: RunEvent = { type: 'scenario-finished', atMs: 30, scenario, tries: 1, durationMs: 28, outcome: { status: 'passed' } }
const finished: RunEvent = { type: 'run-finished', atMs: 31, exitCode: 0 }

const job: HistoryJob = {
  ...{ id: 's-1', kind: 'simulation', subject: 'campaign', request: 1, clientId: 'us', correlationId: 'x-1', tag: 'cxspec/1' },
  ...{ startedAtMs: 5, startedAt: '2026-01-02T03:04:05.005Z', endedAtMs: 18 },
  statuses: [
    { status: 'running', atMs: 5 },
    { status: 'completed', atMs: 18 },
  ],
}

function junit(child = ''): string {
  return `<testsuites><testsuite><testcase file="${file}" name="calls">${child}</testcase></testsuite></testsuites>`
}

/** A run in which nothing is wrong. */
const good: RunTraces = {
  jobs: [job],
  clientId: 'us',
  events: [started, planned, intent, answered, running, completed, passed, finished],
  junit: junit(),
  exitCode: 0,
  written: ['all is well'],
  secrets: ['s3cret/value'],
}

function breaking(rule: string, changes: Partial<RunTraces>): void {
  it(`finds a run in which this does not hold: ${rule}`, () => {
    const found = breaches({ ...good, ...changes })
    expect(found.filter((breach) => breach.startsWith(rule))).to.have.length(1)
    expect(found).to.have.length(1)
  })
}

function without(event: RunEvent, ...instead: RunEvent[]): RunEvent[] {
  return good.events.flatMap((one) => (one === event ? instead : [one]))
}

describe('breaches', () => {
  it('finds none in a run in which nothing is wrong, nor in what others did', () => {
    const foreign: HistoryJob = { ...job, id: 's-2', request: 0, correlationId: 'y', endedAtMs: undefined as never }
    const other: HistoryJob = { ...job, id: 's-3', clientId: 'them', correlationId: 'z' }
    expect(breaches(good)).to.deep.equal([])
    expect(breaches({ ...good, jobs: [job, foreign, other] })).to.deep.equal([])
  })

  it('finds six simulations of ours at once', () => {
    const jobs = Array.from({ length: 6 }, (_none, index) => ({
      ...job,
      id: `s-${index}`,
      correlationId: `x-${index}`,
      startedAtMs: index,
    }))
    const events = jobs.map(({ correlationId }, step): RunEvent => ({ ...intent, step, correlationId }))
    const found = breaches({ ...good, jobs, events: without(intent, ...events) })
    expect(found).to.deep.equal(['no more simulations of ours are active than may be: 6 were active at 5 ms'])
    expect(breaches({ ...good, jobs, events: without(intent, ...events), mostActive: 6 })).to.deep.equal([])
  })

  breaking('one job for an intent', { jobs: [job, { ...job, id: 's-2', startedAtMs: 6 }] })
  breaking('one job for an intent', {
    jobs: [job, { ...job, id: 's-2', correlationId: 'x-2' }],
    events: without(intent, intent, { ...intent, request: 1, correlationId: 'x-2' }),
  })
  breaking('an intent is written before its job is started', { jobs: [job, { ...job, id: 's-2', correlationId: 'x-9' }] })
  breaking('an intent is written before its job is started', { events: without(intent, { ...intent, atMs: 500 }) })

  const { endedAtMs: _ended, ...active } = job
  breaking('after a clean end no job of ours is active', { jobs: [active] })

  it('lets a job be active that the journal tells as left, and where the run did not come to its end', () => {
    const left: RunEvent = { ...at, atMs: 20, type: 'job-noted', job: 'simulation', id: 's-1', phase: 'left' }
    expect(breaches({ ...good, jobs: [active], events: without(completed, left) })).to.deep.equal([])
    expect(breaches({ ...good, jobs: [active], events: without(finished) })).to.deep.equal([])
  })

  breaking('JUnit says what the history shows', { junit: junit('<failure message="x"/>') })
  breaking('JUnit says what the history shows', { junit: '<testsuites/>' })
  breaking('JUnit says what the history shows', { jobs: [{ ...job, statuses: [{ status: 'failed', atMs: 18 }] }] })

  const failed: RunEvent = { ...passed, outcome: { status: 'failed', findings: [] } } as RunEvent
  const statuses = [{ status: 'failed', atMs: 18 }]
  breaking('exit code 0 means that every selected scenario passed', {
    ...{ jobs: [{ ...job, statuses }], events: without(passed, failed), junit: junit('<failure message="x"/>') },
  })
  breaking('exit code 0 means that every selected scenario passed', { events: without(passed) })

  breaking('repeated requests stay within their budget', { events: without(answered, { ...answered, attempts: 11 } as RunEvent) })
  breaking('repeated requests stay within their budget', {
    events: without(
      answered,
      answered,
      ...Array.from({ length: 6 }, (): RunEvent => {
        const problem = { code: 'SERVER_ERROR' as const, message: 'it answered 500' }
        return { ...at, atMs: 9, type: 'request-failed', request: 1, attempts: 3, problem }
      }),
    ),
  })

  for (const form of ['s3cret/value', 's3cret%2Fvalue', Buffer.from('s3cret/value').toString('base64')]) {
    breaking('no secret stands in anything that was written', { written: ['fine', `token=${form};`] })
  }
})

describe('eventsIn', () => {
  it('reads the lines of a journal, and nothing else', () => {
    expect(eventsIn(`${JSON.stringify(started)}\n`)).to.deep.equal([started])
    expect(() => eventsIn('{"type":"nonsense"}\n')).to.throw('this is no event')
  })
})
