import { expect } from 'chai'
import { type DebugRequest, debugFlow } from '../../../src/api/resources/flow-debug.ts'
import { clientUnderTest, problemOf } from '../support/client-under-test.ts'
import { json, memoryTarget } from '../support/memory-target.ts'

const REQUEST: DebugRequest = { flowId: 'main', input: { dtmf: '1' }, options: { trace: true, includeVariables: true, maxLoops: 50 } }
const TRACE = [
  { nodeId: 'node_start', type: 'Start', timestamp: 0 },
  { nodeId: 'node_api', type: 'DataAction', status: 'Error', exception: 'no such action' },
]

describe('debugFlow', () => {
  it('posts the request as the API names it, and yields the answer', async () => {
    const target = memoryTarget([
      json(200, { path: ['node_start'], variables: { a: 1 }, exitNode: 'node_start', duration: 12, trace: TRACE.slice(0, 1) }),
    ])
    const result = await debugFlow(clientUnderTest(target).send, { ...REQUEST, variables: { vip: true } })
    expect(result).to.deep.equal({
      path: ['node_start'],
      variables: { a: 1 },
      exitNode: 'node_start',
      duration: 12,
      trace: TRACE.slice(0, 1),
      broken: false,
    })
    expect(target.requests[0]).to.include({ method: 'POST', url: 'http://api.internal/api/v2/flows/debug' })
    expect(JSON.parse(target.requests[0]?.body ?? '')).to.deep.equal({ ...REQUEST, variables: { vip: true } })
  })

  it('takes a 500 with a trace as the answer of a broken flow, at the first try', async () => {
    const target = memoryTarget([json(500, { error: 'flow failed', trace: TRACE })])
    const result = await debugFlow(clientUnderTest(target).send, REQUEST)
    expect(result).to.deep.include({ broken: true, path: ['node_start', 'node_api'], trace: TRACE })
    expect(target.requests).to.have.length(1)
  })

  for (const body of [{ error: 'down' }, { trace: [] }, { trace: [{}] }, { trace: 'x' }]) {
    it(`takes a 500 with ${JSON.stringify(body)} as a sick target`, async () => {
      const target = memoryTarget([json(500, body)])
      expect((await problemOf(debugFlow(clientUnderTest(target).send, REQUEST))).code).to.equal('SERVER_ERROR')
      expect(target.requests).to.have.length(3)
    })
  }

  it('says what is wrong with a 200 that is nonsense', async () => {
    const problem = await problemOf(debugFlow(clientUnderTest(memoryTarget([json(200, { path: 'node_start' })])).send, REQUEST))
    expect(problem.code).to.equal('PROTOCOL_ERROR')
    expect(problem.message).to.include('/path must be array, but is "node_start"')
  })
})
