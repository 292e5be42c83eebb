import { expect } from 'chai'
import type { Action } from '../../src/emulator/actions/action.ts'
import type { FaultRule } from '../../src/emulator/faults/fault-plan.ts'
import type { Problem } from '../../src/model/problem.ts'
import { type RanAgainstEmulator, runAgainstEmulator } from '../support/run-against-emulator.ts'

const actions = new Map<string, Action>([['lookup', { delay: '300ms', result: { balance: 5 } }]])

async function executeWith(faults: readonly FaultRule[], more = '', expected = ''): Promise<RanAgainstEmulator> {
  const text = `scenarios:\n  - name: executes\n    execute: { actionId: lookup${more} }\n    expect: { ${expected} }\n`
  return runAgainstEmulator(text, { actions, faults: { faults } })
}

function problemOf({ outcome }: RanAgainstEmulator): Problem | undefined {
  return outcome?.status === 'errored' ? outcome.problem : undefined
}

describe('an execution on a faulty platform', () => {
  for (const [how, fault] of [
    ['answered 500', { answer: { status: 500 }, commit: true }],
    ['cut off', { drop: 'before-answer', commit: true }],
    ['truncated', { body: 'truncated' }],
  ] as const) {
    it(`is never started again where the start was ${how}, and is left under its correlation id`, async () => {
      const ran = await executeWith([{ api: 'data-actions', ...fault }])
      const jobs = ran.emulator.history.jobs('execution')
      expect(jobs).to.have.length(1)
      const problem = problemOf(ran)
      expect(problem?.code).to.be.oneOf(['UNKNOWN_OUTCOME', 'PROTOCOL_ERROR'])
      expect(problem?.details?.['correlationId']).to.equal(jobs[0]?.correlationId)
      expect(problem?.message).to.include(`the execution with the correlation id ${jobs[0]?.correlationId} may have been left running`)
      const intent = ran.events.find((event) => event.type === 'request-intended')
      expect(intent?.correlationId).to.equal(jobs[0]?.correlationId)
    })
  }

  it('is started again where it certainly was not started', async () => {
    const ran = await executeWith([{ api: 'data-actions', first: 2, answer: { status: 429, retryAfter: 1 } }])
    expect(ran.outcome?.status).to.equal('passed')
    expect(ran.emulator.history.jobs('execution')).to.have.length(1)
  })

  it('that never ends is observed as TIMEOUT, in its time, with what it was called last', async () => {
    const ran = await executeWith([{ api: 'data-actions', job: 'stuck' }], ', timeout: 10s')
    expect(ran.outcome).to.deep.include({ status: 'failed' })
    const [finding] = ran.outcome?.status === 'failed' ? ran.outcome.findings : []
    expect(finding?.code).to.equal('EXECUTION_TIMEOUT')
    expect(finding?.message).to.include('it was IN_PROGRESS when last seen')
    expect(ran.durationMs).to.be.at.most(10_500)
    expect((await executeWith([{ api: 'data-actions', job: 'stuck' }], ', timeout: 10s', 'status: TIMEOUT')).outcome?.status).to.equal(
      'passed',
    )
  })

  it('takes its 120 s where it may, although that is the time-out of a step', async () => {
    const ran = await executeWith([{ api: 'data-actions', job: 'stuck' }], ', timeout: 2m', 'status: TIMEOUT')
    expect(ran.outcome?.status).to.equal('passed')
  })

  it('whose status nobody knows is looked at until its time is over', async () => {
    const ran = await executeWith([{ api: 'data-actions', job: { statuses: ['QUEUED', 'PAUSED'] } }], ', timeout: 5s')
    const [finding] = ran.outcome?.status === 'failed' ? ran.outcome.findings : []
    expect(finding?.message).to.include('it was PAUSED when last seen')
  })

  it('whose looks always fail is a problem, with what it was called last', async () => {
    const ran = await executeWith([{ api: 'data-action-status', answer: { status: 503 } }])
    expect(problemOf(ran)?.code).to.equal('SERVER_ERROR')
    expect(problemOf(ran)?.details).to.include({ lastStatus: 'QUEUED' })
  })

  it('that the platform has forgotten is observed as NOT_FOUND', async () => {
    const ran = await executeWith([{ api: 'data-action-status', answer: { status: 404 } }], '', 'status: NOT_FOUND')
    expect(ran.outcome?.status).to.equal('passed')
  })

  it('is settled by asking where its callback is lost', async () => {
    const ran = await runAgainstEmulator(
      'scenarios:\n  - { name: executes, execute: { actionId: lookup, callback: true }, expect: { result: { balance: 5 } } }\n',
      { actions, deliver: () => Promise.reject(new Error('lost')) },
    )
    expect(ran.outcome?.status).to.equal('passed')
    expect(ran.emulator.history.requests('data-action-status')).to.have.length(1)
  })

  it('sends at most a hundred requests in any second, starts and looks together', async () => {
    const names = Array.from({ length: 130 }, (_, index) => `  - { name: s${index}, execute: { actionId: lookup } }`)
    const { emulator, outcomes } = await runAgainstEmulator(`scenarios:\n${names.join('\n')}\n`, {
      actions,
      limits: { 'data-actions': {} },
    })
    expect(new Set([...outcomes.values()].map(({ status }) => status))).to.deep.equal(new Set(['passed']))
    const atMs = ['data-actions', 'data-action-status'].flatMap((api) => emulator.history.requests(api)).map((entry) => entry.receivedAtMs)
    expect(atMs.length).to.be.at.least(260)
    for (const startMs of atMs) expect(atMs.filter((other) => other >= startMs && other < startMs + 1_000)).to.have.length.at.most(100)
  })
})
