import { expect } from 'chai'
import { getFlow } from '../../../src/api/resources/flow.ts'
import { clientUnderTest, problemOf } from '../support/client-under-test.ts'
import { json, memoryTarget } from '../support/memory-target.ts'

describe('getFlow', () => {
  it('reads metadata and definition', async () => {
    const target = memoryTarget([json(200, { flowId: 'main', published: true, definition: { nodes: [] } })])
    expect(await getFlow(clientUnderTest(target).send, 'main')).to.deep.equal({
      flowId: 'main',
      published: true,
      definition: { nodes: [] },
    })
    expect(target.requests[0]?.url).to.equal('http://api.internal/api/v2/flows/main')
  })

  it('says so where there is no such flow', async () => {
    const problem = await problemOf(getFlow(clientUnderTest(memoryTarget([json(404, { message: 'no flow "x"' })])).send, 'x'))
    expect(problem).to.include({ code: 'NOT_FOUND' })
    expect(problem.message).to.include('no flow "x"')
  })

  it('sends nothing for an id that would lead elsewhere', async () => {
    const target = memoryTarget([json(200, {})])
    expect((await problemOf(getFlow(clientUnderTest(target).send, '..'))).code).to.equal('INVALID_STEP')
    expect(target.requests).to.be.empty
  })
})
