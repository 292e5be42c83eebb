import { expect } from 'chai'
import { type AuditRecord, AuditTrail } from '../../src/journal/audit-trail.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { story } from './journal-fixture.ts'

const scenario = 'dialer.cxspec.yaml#calls'
const at = { scenario, try: 1, step: 0 }
const started = story[0] as RunEvent
const simulation = { ...at, job: 'simulation', tag: 'cxspec/run/1' }

function recordsOf(events: readonly RunEvent[]): AuditRecord[] {
  const trail = new AuditTrail()
  return [started, ...events].flatMap((event) => trail.on(event) ?? [])
}

function answered(atMs: number, status = 200, correlationId = 'x-1'): RunEvent {
  return { ...at, atMs, type: 'request-answered', request: 0, status, latencyMs: 12.5, attempts: 1, correlationId }
}

const finished: RunEvent = { ...at, atMs: 99, type: 'step-finished', kind: 'simulate', durationMs: 99 }

describe('AuditTrail', () => {
  it('has every phase of a job: validated, dispatched, each change of state, finished, aggregated', () => {
    const records = recordsOf([
      { ...simulation, atMs: 1, type: 'job-noted', phase: 'validated', payload: { maxCalls: 5 } },
      { ...simulation, atMs: 2, type: 'job-noted', phase: 'dispatched', payload: { maxCalls: 5 } },
      answered(3, 201),
      { ...simulation, atMs: 4, type: 'job-changed', id: 's-1', status: 'queued' },
      answered(5),
      { ...simulation, atMs: 6, type: 'job-changed', id: 's-1', status: 'running' },
      answered(7),
      { ...simulation, atMs: 8, type: 'job-changed', id: 's-1', status: 'completed', ended: true, result: { callsCompleted: 5 } },
      { ...simulation, atMs: 9, type: 'job-noted', id: 's-1', phase: 'aggregated', payload: { totalCalls: 5 }, httpStatus: 202 },
      finished,
    ])
    expect(records.map(({ event }) => event)).to.deep.equal([
      'validated',
      'dispatched',
      'state-changed',
      'state-changed',
      'finished',
      'aggregated',
    ])
    expect(records[2]).to.deep.equal({
      time: '2026-01-02T03:04:05.004Z',
      event: 'state-changed',
      runId: '00000000-0000-4000-8000-000000000000',
      ...at,
      job: 'simulation',
      simulationId: 's-1',
      tag: 'cxspec/run/1',
      state: 'queued',
      correlationId: 'x-1',
      latencyMs: 12.5,
      httpStatus: 201,
    })
    expect(records[4]).to.deep.include({ state: 'completed', result: { callsCompleted: 5 } })
    expect(records[5]).to.deep.include({ simulationId: 's-1', payload: { totalCalls: 5 }, httpStatus: 202 })
  })

  for (const [job, name] of [
    ['simulation', 'simulationId'],
    ['compile', 'compileId'],
    ['execution', 'executionId'],
    ['availability', 'agentId'],
  ] as const) {
    it(`calls the id of a ${job} ${name}`, () => {
      const [record] = recordsOf([{ ...at, atMs: 1, type: 'job-changed', job, id: 'i-1', status: 'S' }])
      expect(record).to.include({ [name]: 'i-1', job })
    })
  }

  it('takes an answer for one change only, and none of another step', () => {
    const [one, two, other] = recordsOf([
      answered(1),
      { ...simulation, atMs: 2, type: 'job-changed', id: 's-1', status: 'queued' },
      { ...simulation, atMs: 3, type: 'job-changed', id: 's-1', status: 'running' },
      answered(4),
      { ...simulation, step: 1, atMs: 5, type: 'job-changed', id: 's-2', status: 'queued' },
    ])
    expect(one).to.include({ httpStatus: 200 })
    expect(two).not.to.have.property('httpStatus')
    expect(other).not.to.have.property('httpStatus')
  })

  it('says why a job did not come to its end', () => {
    const problem = { code: 'JOB_STUCK' as const, message: 'it was still running' }
    const change: RunEvent = { ...simulation, atMs: 2, type: 'job-changed', id: 's-1', status: 'running' }
    const records = recordsOf([change, { ...finished, problem } as RunEvent])
    expect(records.at(-1)).to.deep.include({ event: 'failed', simulationId: 's-1', error: 'it was still running' })
  })

  it('says nothing more of a job that had ended or was stopped', () => {
    const problem = { code: 'ABORTED' as const, message: 'interrupted' }
    const ended: RunEvent = { ...simulation, atMs: 2, type: 'job-changed', id: 's-1', status: 'failed', ended: true }
    const stopped: RunEvent = { ...simulation, atMs: 2, type: 'job-noted', id: 's-1', phase: 'stopped' }
    for (const end of [ended, stopped]) expect(recordsOf([end, { ...finished, problem } as RunEvent])).to.have.length(1)
  })

  it('is empty where nothing was started', () => {
    expect(recordsOf(story.filter(({ type }) => !type.startsWith('job-')))).to.deep.equal([])
  })
})
