import { expect } from 'chai'
import fc from 'fast-check'
import type { RunEvent } from '../../src/model/event.ts'
import type { ProblemCode } from '../../src/model/problem.ts'
import { LeftJobs } from '../../src/sweep/left-jobs.ts'

const scenario = 'dialer.cxspec.yaml#calls'
const at = { atMs: 1, scenario, try: 1, step: 0 }

function intent(request: number, fields: Partial<Extract<RunEvent, { type: 'request-intended' }>> = {}): RunEvent {
  const path = '/api/v2/dialer/simulations'
  return {
    ...at,
    type: 'request-intended',
    request,
    api: 'x',
    method: 'POST',
    path,
    body: { tag: 'cxspec/run-1' },
    startsJob: true,
    ...fields,
  }
}

function answered(request: number, status: number): RunEvent {
  return { ...at, type: 'request-answered', request, status, latencyMs: 1, attempts: 1 }
}

function failed(request: number, code: ProblemCode): RunEvent {
  return { ...at, type: 'request-failed', request, attempts: 1, problem: { code, message: 'it failed' } }
}

function changed(status: string, ended?: true): RunEvent {
  return { ...at, type: 'job-changed', job: 'simulation', id: 's-1', status, ...(ended ? { ended } : {}) }
}

function noted(phase: 'stopped' | 'left', id?: string): RunEvent {
  return { ...at, type: 'job-noted', job: 'simulation', phase, ...(id === undefined ? {} : { id }) }
}

function leftOf(events: readonly RunEvent[]) {
  const left = new LeftJobs()
  for (const event of events) left.on(event)
  return left.list()
}

const maybe = { kind: 'simulation', scenario, tag: 'cxspec/run-1' }

describe('LeftJobs', () => {
  it('knows a job that was started and has not ended, as it was last seen', () => {
    const events = [intent(0), answered(0, 201), changed('queued'), changed('running')]
    expect(leftOf(events)).to.deep.equal([{ ...maybe, id: 's-1', status: 'running' }])
  })

  it('forgets a job that has ended', () => {
    expect(leftOf([intent(0), answered(0, 201), changed('running'), changed('completed', true)])).to.deep.equal([])
  })

  it('forgets a job that was stopped, and keeps one that was told as left', () => {
    const started = [intent(0), answered(0, 201), changed('running')]
    expect(leftOf([...started, noted('stopped', 's-1')])).to.deep.equal([])
    expect(leftOf([...started, noted('left', 's-1')])).to.have.length(1)
  })

  it('takes an id from the note that tells a job as left', () => {
    expect(leftOf([intent(0), answered(0, 201), noted('left', 's-7')])).to.deep.equal([{ ...maybe, id: 's-7' }])
  })

  it('knows a job that may have been started: the answer never came', () => {
    expect(leftOf([intent(0)])).to.deep.equal([maybe])
  })

  it('knows a job that was accepted although its id was not written any more', () => {
    expect(leftOf([intent(0), answered(0, 201)])).to.deep.equal([maybe])
  })

  for (const status of [409, 422, 401, 503]) {
    it(`knows that nothing was started where the answer was ${status}`, () => {
      expect(leftOf([intent(0), answered(0, status)])).to.deep.equal([])
    })
  }

  for (const code of ['UNKNOWN_OUTCOME', 'PROTOCOL_ERROR', 'TIMEOUT', 'ABORTED', 'ANSWER_TOO_LARGE'] as const) {
    it(`cannot rule out that something was started after ${code}`, () => {
      expect(leftOf([intent(0), failed(0, code)])).to.deep.equal([maybe])
    })
  }

  for (const code of ['TARGET_UNREACHABLE', 'FORBIDDEN', 'REQUEST_REFUSED', 'RATE_LIMITED'] as const) {
    it(`knows that nothing was started after ${code}`, () => {
      expect(leftOf([intent(0), failed(0, code)])).to.deep.equal([])
    })
  }

  it('looks at the request that was accepted after others were refused', () => {
    const events = [intent(0), answered(0, 409), intent(1), answered(1, 201), changed('running')]
    expect(leftOf(events)).to.deep.equal([{ ...maybe, id: 's-1', status: 'running' }])
  })

  it('knows the flow of a compilation, and the action and correlation id of an execution', () => {
    const compile = intent(0, { path: '/api/v2/flows/main%20menu/compile', body: null, scenario: 'a#compiles' })
    const execute = intent(0, { path: '/api/v2/dx/actions/lookup/execute', body: {}, scenario: 'a#executes', correlationId: 'c-1' })
    expect(leftOf([compile, execute])).to.deep.equal([
      { kind: 'compile', scenario: 'a#compiles', subject: 'main menu' },
      { kind: 'execution', scenario: 'a#executes', subject: 'lookup', correlationId: 'c-1' },
    ])
  })

  it('leaves out requests that start nothing', () => {
    const { startsJob: _starts, ...debug } = intent(0) as Extract<RunEvent, { type: 'request-intended' }>
    expect(leftOf([debug, changed('running')])).to.deep.equal([])
  })

  it('knows more jobs the earlier the run dies, never one that it knew to be over', () => {
    const story = [
      intent(0),
      answered(0, 409),
      intent(1),
      answered(1, 201),
      changed('queued'),
      changed('running'),
      changed('completed', true),
    ]
    fc.assert(
      fc.property(fc.nat(story.length), (length) => {
        const isOpen = length % story.length !== 0 && length !== 2
        expect(leftOf(story.slice(0, length))).to.have.length(isOpen ? 1 : 0)
      }),
    )
  })
})

describe('LeftJobs, of agents', () => {
  const putBack = { workModeId: 'voice', skillLevels: [], publish: true }
  const about = { ...at, job: 'availability', id: 'agent-1' } as const
  const sent = (payload: object): RunEvent => ({
    ...about,
    type: 'job-noted',
    phase: 'dispatched',
    payload: { workModeId: 'chat', ...payload },
  })
  const ended = (status: string): RunEvent => ({ ...about, type: 'job-changed', status, ended: true })
  const over: RunEvent = {
    type: 'scenario-finished',
    atMs: 2,
    scenario,
    tries: 1,
    durationMs: 1,
    outcome: { status: 'passed' },
  } as RunEvent
  const untidy: RunEvent = { type: 'teardown-failed', atMs: 2, scenario, step: 1 }
  const leftOf = (...events: RunEvent[]) => {
    const left = new LeftJobs()
    for (const event of events) left.on(event)
    return left.list().map(({ id }) => id)
  }

  it('knows an agent that is to be put back, from when the change is sent', () => {
    expect(leftOf(sent({ putBack }))).to.deep.equal(['agent-1'])
    expect(leftOf(sent({ putBack }), ended('CHANGED'))).to.deep.equal(['agent-1'])
  })

  it('leaves out one that was put back, was never changed, or is not to be put back', () => {
    expect(leftOf(sent({ putBack }), ended('CHANGED'), sent({ workModeId: 'voice' }), ended('CHANGED'))).to.deep.equal([])
    expect(leftOf(sent({ putBack }), ended('CHANGED'), over)).to.deep.equal([])
    expect(leftOf(sent({ putBack }), ended('CONFLICT'))).to.deep.equal([])
    expect(leftOf(sent({}), ended('CHANGED'))).to.deep.equal([])
  })

  it('keeps one that could not be put back', () => {
    const sentBack = sent({ workModeId: 'voice' })
    expect(leftOf(sent({ putBack }), ended('CHANGED'), sentBack, ended('CONFLICT'), untidy, over)).to.deep.equal(['agent-1'])
  })
})
