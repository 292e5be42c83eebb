import { expect } from 'chai'
import type { Emulator } from '../../../src/emulator/emulator.ts'
import type { FaultRule } from '../../../src/emulator/faults/fault-plan.ts'
import { only, type Simulations, simulations } from './simulations-fixture.ts'

const CANNOT_LIST: FaultRule = { api: 'dialer-simulation-find', answer: { status: 404 } }

function starting(fault: Omit<FaultRule, 'api'>, more: readonly FaultRule[] = []): Simulations {
  return { faults: { faults: [{ api: 'dialer-simulations', ...fault }, ...more] } }
}

function ours({ history }: Emulator) {
  return history.jobs().filter(({ tag }) => tag !== undefined)
}

/** The most simulations that were active at once, by the emulator's own record. */
function mostActive({ history }: Emulator): number {
  const jobs = history.jobs()
  return Math.max(
    ...jobs.map(
      ({ startedAtMs: atMs }) =>
        jobs.filter(({ startedAtMs, endedAtMs = Number.POSITIVE_INFINITY }) => startedAtMs <= atMs && atMs < endedAtMs).length,
    ),
  )
}

describe('a start whose answer never came', () => {
  for (const [what, fault] of [
    ['that broke before its answer', { first: 1, drop: 'before-answer', commit: true }],
    ['that broke in the middle of its answer', { first: 1, drop: 'mid-body' }],
    ['that was answered 500', { first: 1, answer: { status: 500 }, commit: true }],
    ['that was answered with a page of a proxy', { first: 1, body: 'html' }],
    ['that was answered without an id', { first: 1, merge: { id: null } }],
  ] as const satisfies readonly (readonly [string, Omit<FaultRule, 'api'>])[]) {
    it(`${what}, is found by its tag and not sent again`, async () => {
      const { outcomes, emulator } = await simulations(starting(fault))
      expect(outcomes).to.deep.equal([{ status: 'passed' }])
      expect(ours(emulator)).to.have.length(1)
    })
  }

  it('is sent again where it had no effect, once that is certain', async () => {
    const { outcomes, emulator, events } = await simulations(starting({ first: 1, drop: 'before-answer' }))
    expect(outcomes).to.deep.equal([{ status: 'passed' }])
    expect(ours(emulator)).to.have.length(1)
    expect(only(events, 'request-intended').filter(({ startsJob }) => startsJob)).to.have.length(2)
  })

  it('is not sent a fourth time', async () => {
    const { outcomes, emulator } = await simulations(starting({ answer: { status: 500 } }))
    const [outcome] = outcomes
    expect(outcome?.status === 'errored' && outcome.problem.code).to.equal('SERVER_ERROR')
    expect(ours(emulator)).to.deep.equal([])
  })

  it('stops the first one where that took effect after the second was sent', async () => {
    const empty: FaultRule = { api: 'dialer-simulation-find', first: 3, answer: { status: 200, body: { entities: [] } } }
    const { outcomes, emulator } = await simulations(starting({ first: 1, drop: 'before-answer', commit: true }, [empty]))
    expect(outcomes).to.deep.equal([{ status: 'passed' }])
    expect(ours(emulator).map(({ endedAtMs }) => endedAtMs !== undefined)).to.deep.equal([true, true])
    expect(emulator.history.requests().filter(({ api }) => api === 'dialer-simulation-cancel')).to.have.length(1)
  })

  it('is an unknown outcome, with its tag on the list of what was left, where the target cannot look for it', async () => {
    const { outcomes, events, emulator } = await simulations(starting({ first: 1, drop: 'before-answer', commit: true }, [CANNOT_LIST]))
    const [outcome] = outcomes
    const [job] = ours(emulator)
    expect(outcome?.status === 'errored' && outcome.problem.code).to.equal('UNKNOWN_OUTCOME')
    expect(outcome?.status === 'errored' && outcome.problem.advice).to.include(job?.tag)
    expect(ours(emulator)).to.have.length(1)
    const left = only(events, 'job-noted').filter(({ phase }) => phase === 'left')
    expect(left.map(({ tag, id }) => [tag, id])).to.deep.equal([[job?.tag, undefined]])
  })
})

describe('a start that has to wait for its turn', () => {
  it('never makes more than the configured number active at once, and lets every scenario have its turn', async () => {
    const { outcomes, emulator } = await simulations({ count: 40 })
    expect(outcomes.map(({ status }) => status)).to.deep.equal(Array.from({ length: 40 }, () => 'passed'))
    expect(mostActive(emulator)).to.equal(5)
    expect(ours(emulator)).to.have.length(40)
    expect(emulator.history.requests().filter(({ status }) => status === 409)).to.deep.equal([])
  })

  it('waits while somebody else holds the places', async () => {
    const dialer = { foreign: { count: 2, forMs: 60_000 } }
    const { outcomes, emulator } = await simulations({ count: 40, dialer })
    expect(outcomes.every(({ status }) => status === 'passed')).to.equal(true)
    expect(mostActive(emulator)).to.equal(5)
    expect(ours(emulator)).to.have.length(40)
    expect(emulator.history.requests().some(({ status }) => status === 409)).to.equal(true)
  })

  it('gives up when its time is over, having started nothing', async () => {
    const { outcomes, emulator } = await simulations({ dialer: { foreign: { count: 5 } }, expect: { state: 'completed', within: '20s' } })
    const [outcome] = outcomes
    expect(outcome?.status === 'errored' && outcome.problem.code).to.equal('RATE_LIMITED')
    expect(outcome?.status === 'errored' && outcome.problem.message).to.match(
      /^the organization had all its active simulations at \d tries \(409\)/,
    )
    expect(ours(emulator)).to.deep.equal([])
  })
})

describe('a simulation that is cut short', () => {
  const SLOW = { speed: 1 }
  const stuck = { dialer: SLOW, expect: { state: 'completed', within: '10s' } }

  it('is stopped when its time is over', async () => {
    const { outcomes, emulator, events } = await simulations(stuck)
    const [outcome] = outcomes
    expect(outcome?.status === 'errored' && outcome.problem.code).to.equal('JOB_STUCK')
    expect(ours(emulator).every(({ endedAtMs }) => endedAtMs !== undefined)).to.equal(true)
    expect(only(events, 'job-changed').at(-1)).to.include({ status: 'stopped', ended: true })
    expect(only(events, 'job-noted').at(-1)).to.include({ phase: 'stopped' })
  })

  it('is stopped when the run is interrupted, and its place is held until then', async () => {
    const { emulator, events } = await simulations({ count: 8, dialer: SLOW, interruptAtMs: 3_000 })
    expect(ours(emulator)).to.have.length(5)
    expect(ours(emulator).every(({ endedAtMs }) => endedAtMs !== undefined)).to.equal(true)
    expect(only(events, 'job-noted').filter(({ phase }) => phase === 'stopped')).to.have.length(5)
  })

  it('is stopped where the run is interrupted while its start is on its way', async () => {
    const { emulator } = await simulations({ dialer: SLOW, interruptAtMs: 500, latenciesMs: { 'dialer-simulations': 2_000 } })
    expect(ours(emulator).length).to.be.at.most(1)
    expect(ours(emulator).every(({ endedAtMs }) => endedAtMs !== undefined)).to.equal(true)
  })

  it('is told as left running, by its id, where the target does not stop simulations', async () => {
    const { outcomes, events, emulator } = await simulations({ ...stuck, dialer: { ...SLOW, canCancel: false } })
    const [job] = ours(emulator)
    const [outcome] = outcomes
    expect(outcome?.status === 'errored' && outcome.problem.message).to.include(
      `simulation ${job?.id} was left running: the target does not stop simulations`,
    )
    expect(outcome?.status === 'errored' && outcome.problem.details?.['jobsLeft']).to.deep.include.members([
      { job: 'simulation', id: job?.id, tag: job?.tag, correlationId: undefined },
    ])
    expect(only(events, 'job-noted').at(-1)).to.include({ phase: 'left', id: job?.id })
  })

  it('is told as left running where the target breaks while it is to be stopped', async () => {
    const faults = [{ api: 'dialer-simulation-cancel', answer: { status: 403 } }] as const
    const { outcomes } = await simulations({ ...stuck, faults: { faults } })
    const [outcome] = outcomes
    expect(outcome?.status === 'errored' && outcome.problem.message).to.match(
      /simulation \S+ was left running: DELETE \S+ was answered 403/,
    )
  })

  it('is told as nothing where it had ended by itself meanwhile', async () => {
    const faults = [{ api: 'dialer-simulation-status', first: 1, merge: { state: 42 } }] as const
    const { events } = await simulations({ faults: { faults }, dialer: { canCancel: false } })
    expect(only(events, 'job-noted').filter(({ phase }) => phase === 'left')).to.deep.equal([])
  })
})
