import { expect } from 'chai'
import { getExecution, startExecution } from '../../../src/api/resources/data-actions.ts'
import { clientUnderTest, problemOf } from '../support/client-under-test.ts'
import { json, memoryTarget, networkError, text } from '../support/memory-target.ts'

const correlationId = '11111111-1111-4111-8111-111111111111'
const request = { actionId: 'a/1', inputs: { customerId: 'C-1' }, context: { channel: 'ivr' }, correlationId }
const key = { actionId: 'a/1', executionId: 'e/1', correlationId }

describe('startExecution', () => {
  it('posts inputs and context to be executed asynchronously, and yields the execution', async () => {
    const target = memoryTarget([json(202, { executionId: 'e-1', status: 'QUEUED' })])
    const { send, events } = clientUnderTest(target)
    const job = await startExecution(send, request)
    const [sent] = target.requests
    expect(sent).to.include({ method: 'POST', url: 'http://api.internal/api/v2/dx/actions/a%2F1/execute' })
    expect(JSON.parse(sent?.body ?? '')).to.deep.equal({
      inputs: { customerId: 'C-1' },
      context: { channel: 'ivr' },
      asyncExecution: true,
    })
    expect(job).to.deep.equal({ executionId: 'e-1', status: 'QUEUED', latencyMs: 0 })
    expect(sent?.headers['x-correlation-id']).to.equal(correlationId)
    expect(events[0]).to.include({ type: 'request-intended', startsJob: true, correlationId })
  })

  for (const [what, answer] of [
    ['answered 500', json(500, {})],
    ['reset', networkError('ECONNRESET')],
  ] as const) {
    it(`is sent once where it is ${what}, and says by which id the execution can be looked for`, async () => {
      const target = memoryTarget([answer])
      const problem = await problemOf(startExecution(clientUnderTest(target).send, request))
      expect(problem.code).to.equal('UNKNOWN_OUTCOME')
      expect(problem.details?.['correlationId']).to.equal(correlationId)
      expect(target.requests).to.have.length(1)
    })
  }

  it('is sent again, with the same correlation id, where it certainly started nothing', async () => {
    const target = memoryTarget([json(429, {}, { 'retry-after': '1' }), json(202, { executionId: 'e-1', status: 'QUEUED' })])
    await startExecution(clientUnderTest(target).send, request)
    const ids = target.requests.map(({ headers }) => headers['x-correlation-id'])
    expect(ids).to.deep.equal([correlationId, correlationId])
  })

  it('says what the target refuses', async () => {
    const target = memoryTarget([json(400, { message: 'inputs.colour is not a field of this action' })])
    const problem = await problemOf(startExecution(clientUnderTest(target).send, request))
    expect(problem).to.include({ code: 'REQUEST_REFUSED' })
    expect(problem.message).to.include('inputs.colour is not a field')
  })

  for (const id of ['', '.', '..']) {
    it(`refuses the id "${id}" before anything is sent`, async () => {
      const target = memoryTarget([json(200, {})])
      expect((await problemOf(startExecution(clientUnderTest(target).send, { ...request, actionId: id }))).code).to.equal('INVALID_STEP')
      expect(target.requests).to.deep.equal([])
    })
  }
})

describe('getExecution', () => {
  it('reads the state under the correlation id of the start', async () => {
    const target = memoryTarget([json(200, { status: 'COMPLETED', result: { balance: 5 }, error: null })])
    const execution = await getExecution(clientUnderTest(target).send, key)
    expect(execution).to.deep.equal({ status: 'COMPLETED', result: { balance: 5 }, error: null })
    expect(target.requests[0]).to.include({ method: 'GET', url: 'http://api.internal/api/v2/dx/actions/a%2F1/executions/e%2F1' })
    expect(target.requests[0]?.headers['x-correlation-id']).to.equal(correlationId)
  })

  it('knows nothing of an execution that is unknown or has expired, whatever the answer says', async () => {
    for (const answer of [json(404, { error: 'gone' }), text(404, '<html>'), text(404, '')]) {
      const target = memoryTarget([answer])
      expect(await getExecution(clientUnderTest(target).send, key)).to.equal(undefined)
      expect(target.requests).to.have.length(1)
    }
  })

  it('shares the limit of the requests with the starts', async () => {
    const target = memoryTarget([json(200, { executionId: 'e-1', status: 'COMPLETED' })])
    const limits = { requestsAtOnce: 100, apis: { 'data-actions': { perSecond: 10 } } }
    const { send, clock } = clientUnderTest(target, { limits })
    const starts: number[] = []
    const timed = async (work: Promise<unknown>): Promise<void> => work.then(() => void starts.push(clock.now()))
    await Promise.all(Array.from({ length: 35 }, (_, index) => timed(index % 2 ? startExecution(send, request) : getExecution(send, key))))
    for (const atMs of starts) expect(starts.filter((other) => other >= atMs && other < atMs + 1_000)).to.have.length.at.most(10)
    expect(clock.now()).to.be.at.least(3_000)
  })
})
