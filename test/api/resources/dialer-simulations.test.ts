import { expect } from 'chai'
import { aggregateMetrics } from '../../../src/api/resources/dialer-metrics.ts'
import {
  findSimulations,
  getSimulation,
  type SimulationRequest,
  startSimulation,
  stopSimulation,
} from '../../../src/api/resources/dialer-simulations.ts'
import { clientUnderTest, problemOf } from '../support/client-under-test.ts'
import { json, memoryTarget, networkError } from '../support/memory-target.ts'

const request: SimulationRequest = {
  campaignId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
  virtualAgentMatrix: { flowId: 'va-1' },
  outcomeInjection: {
    enabled: true,
    dialToneProbability: 0,
    busySignalProbability: 0,
    noAnswerProbability: 0,
    answerProbability: 1,
  },
  concurrencyLimit: 5,
  maxCalls: 10,
  complianceBypass: true,
  tag: 'cxspec/1',
}

const seen = { id: 'sim-1', state: 'running', callsAttempted: 3, callsCompleted: 2, complianceBypassed: true }

describe('startSimulation', () => {
  it('posts the request as it is, and yields the simulation', async () => {
    const target = memoryTarget([json(201, { id: 'sim-1', state: 'queued', error: null })])
    const reply = await startSimulation(clientUnderTest(target).send, request)
    expect(reply).to.include({ kind: 'accepted', id: 'sim-1', state: 'queued', httpStatus: 201 })
    expect(target.requests[0]).to.include({ method: 'POST', url: 'http://api.internal/api/v2/dialer/simulations' })
    expect(JSON.parse(target.requests[0]?.body ?? '')).to.deep.equal(request)
  })

  it('tells that the organization is busy, and sends nothing again by itself', async () => {
    const target = memoryTarget([json(409, { error: 'too_many_simulations' })])
    expect(await startSimulation(clientUnderTest(target).send, request)).to.include({ kind: 'busy' })
    expect(target.requests).to.have.length(1)
  })

  for (const [what, body, reasons] of [
    [
      'reasons with a JSON Pointer',
      { reasons: [{ field: '/outcomeInjection/answerProbability', message: 'must be <= 1' }] },
      [{ field: 'outcomeInjection/answerProbability', message: 'must be <= 1' }],
    ],
    [
      'errors with a dotted path',
      { errors: [{ path: 'virtualAgentMatrix.flowId', detail: 'is missing' }] },
      [{ field: 'virtualAgentMatrix/flowId', message: 'is missing' }],
    ],
    [
      'errors below an error',
      { error: { details: [{ field: 'maxCalls', reason: 'too many' }] } },
      [{ field: 'maxCalls', message: 'too many' }],
    ],
    ['texts', { errors: ['campaign unknown'] }, [{ message: 'campaign unknown' }]],
    ['nothing that can be read', { errors: [1, null, { field: 'x' }] }, []],
    ['a text', 'no', []],
  ] as const) {
    it(`reads ${what} in a refusal`, async () => {
      const reply = await startSimulation(clientUnderTest(memoryTarget([json(422, body)])).send, request)
      expect(reply.kind === 'refused' && reply.reasons).to.deep.equal(reasons)
    })
  }

  it('is an unknown outcome where the answer is missing', async () => {
    const target = memoryTarget([networkError('ECONNRESET')])
    expect((await problemOf(startSimulation(clientUnderTest(target).send, request))).code).to.equal('UNKNOWN_OUTCOME')
    expect(target.requests).to.have.length(1)
  })
})

describe('getSimulation', () => {
  it('reads counters and errors', async () => {
    const body = { ...seen, errors: [{ code: 'E', message: 'm' }] }
    const { simulation } = await getSimulation(clientUnderTest(memoryTarget([json(200, body)])).send, 'sim/1')
    expect(simulation).to.deep.equal(body)
  })

  it('refuses an answer without counters', async () => {
    const { callsAttempted: _left, ...rest } = seen
    const problem = await problemOf(getSimulation(clientUnderTest(memoryTarget([json(200, rest)])).send, 'sim-1'))
    expect(problem.code).to.equal('PROTOCOL_ERROR')
    expect(problem.message).to.include('callsAttempted')
  })
})

describe('findSimulations', () => {
  const find = (status: number, body: Parameters<typeof json>[1]) =>
    findSimulations(clientUnderTest(memoryTarget([json(status, body)])).send, 'cxspec/1')

  it('asks by tag, and yields those that carry it', async () => {
    const entities = [
      { ...seen, tag: 'cxspec/1' },
      { ...seen, id: 'sim-2', tag: 'cxspec/2' },
    ]
    const target = memoryTarget([json(200, { entities })])
    expect(await findSimulations(clientUnderTest(target).send, 'cxspec/1')).to.deep.equal([{ id: 'sim-1', state: 'running' }])
    expect(target.requests[0]?.url).to.equal('http://api.internal/api/v2/dialer/simulations?tag=cxspec%2F1')
  })

  it('finds none where there is none', async () => {
    expect(await find(200, { entities: [] })).to.deep.equal([])
  })

  for (const status of [404, 405, 501]) {
    it(`cannot say where the deployment answers ${status}`, async () => {
      expect(await find(status, {})).to.equal(undefined)
    })
  }

  it('cannot say where the deployment lists everything without tags', async () => {
    expect(await find(200, { entities: [seen] })).to.equal(undefined)
  })
})

describe('stopSimulation', () => {
  it('deletes, and knows where the deployment cannot', async () => {
    const target = memoryTarget([json(204, null), json(405, {})])
    const { send } = clientUnderTest(target)
    expect(await stopSimulation(send, 'sim-1')).to.equal(true)
    expect(await stopSimulation(send, 'sim-1')).to.equal(false)
    expect(target.requests[0]).to.include({ method: 'DELETE', url: 'http://api.internal/api/v2/dialer/simulations/sim-1' })
  })

  it('tells where it may not', async () => {
    const problem = await problemOf(stopSimulation(clientUnderTest(memoryTarget([json(403, {})])).send, 'sim-1'))
    expect(problem.code).to.equal('FORBIDDEN')
    expect(problem.message).to.include('dialer:simulations:write')
  })
})

describe('aggregateMetrics', () => {
  for (const status of [200, 202]) {
    it(`hands metrics on, and takes ${status} for done`, async () => {
      const target = memoryTarget([json(status, {})])
      const metrics = { totalCalls: 10, completedCalls: 9, averageLatencyMs: 12.5, accuracyRate: 0.9 }
      expect(await aggregateMetrics(clientUnderTest(target).send, 'sim-1', metrics)).to.include({ httpStatus: status })
      expect(JSON.parse(target.requests[0]?.body ?? '')).to.deep.equal({ simulationId: 'sim-1', metrics })
    })
  }
})
