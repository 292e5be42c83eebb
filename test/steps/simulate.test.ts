import { expect } from 'chai'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { only, simulations } from './simulation/simulations-fixture.ts'

const TAG = /^cxspec\/00000000-0000-4000-8000-000000000000\/example-cxspec-yaml-simulation-1-[0-9a-f]{8}\/0\/1$/

function metricsOf({ history }: Emulator) {
  return history.requests().flatMap(({ api, body }) => (api === 'dialer-metrics' ? [JSON.parse(body ?? '')] : []))
}

describe('simulate', () => {
  it('follows a simulation to its end and observes it by polling', async () => {
    const { outcomes, observation, emulator } = await simulations({ expect: { callsCompleted: 50, complianceBypassed: true } })
    expect(outcomes).to.deep.equal([{ status: 'passed' }])
    expect(observation).to.include({ state: 'completed', callsRequested: 50, callsAttempted: 50, callsCompleted: 50, seed: 1 })
    expect(observation).to.not.have.any.keys('calls', 'events')
    expect(observation?.['tag']).to.match(TAG)
    expect(emulator.history.jobs().map(({ tag }) => tag)).to.deep.equal([observation?.['tag']])
  })

  it('sends all that the API names, and an own tag behind that of the author', async () => {
    const { emulator } = await simulations({
      input: { tag: 'nightly', outcomeInjection: { enabled: true, answerProbability: 0.4 }, concurrencyLimit: 3 },
    })
    const [request] = emulator.history.requests().filter(({ api }) => api === 'dialer-simulations')
    const { tag, ...body } = JSON.parse(request?.body ?? '')
    expect(tag).to.match(/^nightly cxspec\//)
    expect(body).to.deep.equal({
      campaignId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
      virtualAgentMatrix: { flowId: 'va-flow-12345', language: 'en-US' },
      outcomeInjection: {
        enabled: true,
        dialToneProbability: 0,
        busySignalProbability: 0,
        noAnswerProbability: 0,
        answerProbability: 0.4,
      },
      concurrencyLimit: 3,
      maxCalls: 50,
      complianceBypass: true,
    })
  })

  it('fails where the simulation does, with its errors', async () => {
    const faults = [{ api: 'dialer-simulations', job: 'failed' }] as const
    const { outcomes } = await simulations({ expect: { callsAttempted: 50 }, faults: { faults } })
    const [outcome] = outcomes
    expect(outcome?.status).to.equal('failed')
    if (outcome?.status === 'failed') {
      expect(outcome.findings[0]).to.include({ code: 'SIMULATION_FAILED', expected: 'completed', actual: 'failed' })
      expect(outcome.findings[0]?.details).to.deep.equal(['INTERNAL_ERROR: the simulation failed on request'])
    }
    expect((await simulations({ expect: { state: 'failed' }, faults: { faults } })).outcomes).to.deep.equal([{ status: 'passed' }])
  })

  it('refuses what cannot be asked for before anything is sent, with every fault', async () => {
    const { outcomes, emulator, events } = await simulations({
      settings: { maxConcurrency: 4 },
      input: { maxCalls: 50, concurrencyLimit: 5 },
    })
    const [outcome] = outcomes
    expect(outcome?.status === 'errored' && outcome.problem.code).to.equal('INVALID_STEP')
    expect(outcome?.status === 'errored' && outcome.problem.message).to.equal(
      "the simulation cannot be started, nothing was sent: concurrencyLimit is 5, and must be a whole number from 1 to 4, the organization's maximum",
    )
    expect(emulator.history.requests()).to.deep.equal([])
    expect(only(events, 'job-noted').map(({ phase, error }) => [phase, error])).to.deep.equal([['validated', 'concurrencyLimit is 5']])
  })

  it('says of what the target refuses what it would have said itself', async () => {
    const { outcomes } = await simulations({ dialer: { maxConcurrency: 4 } })
    const [outcome] = outcomes
    expect(outcome?.status === 'errored' && outcome.problem.code).to.equal('INVALID_STEP')
    expect(outcome?.status === 'errored' && outcome.problem.message).to.equal(
      "the simulation cannot be started, the target refused it with 422: concurrencyLimit is 5, and must be a whole number from 1 to the organization's maximum (the target says: concurrencyLimit is more than the organization's maximum of 4)",
    )
  })

  it('records every phase, with what was sent, what came of it and how long it took', async () => {
    const { events } = await simulations({ input: { publishMetrics: true } })
    const notes = only(events, 'job-noted')
    expect(notes.map(({ phase }) => phase)).to.deep.equal(['validated', 'dispatched', 'aggregated'])
    expect(notes.every(({ tag }) => TAG.test(tag ?? ''))).to.equal(true)
    expect(notes[1]?.payload).to.include({ maxCalls: 50, complianceBypass: true })
    const changes = only(events, 'job-changed')
    expect(changes.map(({ status, ended }) => [status, ended])).to.deep.equal([
      ['queued', undefined],
      ['completed', true],
    ])
    expect(changes.at(-1)?.result).to.include({ state: 'completed', callsCompleted: 50 })
    expect(changes.at(-1)?.latencyMs).to.be.a('number')
    expect(changes[0]?.correlationId).to.be.a('string')
  })

  it('hands metrics on where the scenario says so', async () => {
    const { emulator, events, observation } = await simulations({ input: { publishMetrics: true, callEvents: true } })
    const [handed] = metricsOf(emulator)
    expect(handed?.simulationId).to.equal(observation?.['simulationId'])
    expect(handed?.metrics).to.include({ totalCalls: 50, completedCalls: 50, accuracyRate: 1 })
    expect(only(events, 'job-noted').at(-1)).to.deep.include({ phase: 'aggregated', httpStatus: 202, payload: handed?.metrics })
    expect(metricsOf((await simulations()).emulator)).to.deep.equal([])
  })
})

describe('simulate with call events', () => {
  it('listens where something is expected that only events show', async () => {
    const { observation, outcomes } = await simulations({ expect: { concurrency: { max: 5 }, accuracy: { min: '90%' } } })
    expect(outcomes).to.deep.equal([{ status: 'passed' }])
    expect(observation?.['calls']).to.include({ seen: 50, ended: 50, failed: 0, contradictory: 0 })
    expect(observation?.['events']).to.deep.equal({
      received: 50,
      duplicates: 0,
      late: 0,
      unknown: 0,
      unknownStates: [],
      lost: 0,
      surplus: 0,
    })
  })

  it('listens where the configuration wants it, and not where the scenario does not', async () => {
    const settings = { callEvents: true }
    expect((await simulations({ settings })).observation).to.have.property('calls')
    expect((await simulations({ settings, input: { callEvents: false } })).observation).to.not.have.property('events')
  })

  it('does not listen by itself for a target that cannot reach it', async () => {
    const settings = { reachesUs: false }
    const expectation = { accuracy: { min: '90%' } }
    const unheard = await simulations({ settings, expect: expectation })
    expect(unheard.observation).to.not.have.property('events')
    expect(unheard.outcomes[0]?.status).to.equal('inconclusive')
    expect((await simulations({ settings, expect: expectation, input: { callEvents: true } })).observation).to.have.property('calls')
  })

  it('sees the same calls whatever becomes of their events, where none is lost', async () => {
    const expected = {
      expect: { concurrency: { max: 5 } },
      dialer: { callEvents: ['ringing', 'in-progress', 'completed', 'abandoned'] },
    } as const
    const calm = await simulations(expected)
    const webhooks = { duplicate: 0.2, reorder: 0.2 }
    const stormy = await simulations({ ...expected, faults: { webhooks } })
    expect(stormy.observation?.['calls']).to.deep.equal(calm.observation?.['calls'])
    expect(stormy.observation?.['events']).to.include({ lost: 0 })
    expect(JSON.parse(JSON.stringify(stormy.observation?.['events'])).duplicates).to.be.above(0)
  })

  it('waits for events that come after the end, and counts them', async () => {
    const { observation } = await simulations({
      input: { callEvents: true },
      faults: { webhooks: { late: { share: 0.2, by: '1s' } } },
    })
    const { late, lost } = JSON.parse(JSON.stringify(observation?.['events']))
    expect(late).to.be.above(0)
    expect(lost).to.equal(0)
  })

  it('knows by the counters how many events were lost, and doubts what the others show', async () => {
    const { observation, outcomes } = await simulations({ input: { callEvents: true }, faults: { webhooks: { lose: 0.3 } } })
    const { lost, received } = JSON.parse(JSON.stringify(observation?.['events']))
    expect(lost).to.be.above(2)
    expect(lost + received).to.equal(50)
    const [outcome] = outcomes
    expect(outcome?.status).to.equal('inconclusive')
    expect(outcome?.status === 'inconclusive' && outcome.findings.map(({ code }) => code)).to.deep.equal(['CALLS_MISSING'])
  })

  it('sees nothing of calls where the deployment tells nothing, and says so', async () => {
    const { observation, outcomes } = await simulations({ dialer: { callEvents: [] }, expect: { accuracy: { min: '95%' } } })
    expect(observation).to.not.have.property('calls')
    expect(outcomes[0]?.status).to.equal('inconclusive')
  })
})
