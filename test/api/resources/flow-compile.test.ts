import { expect } from 'chai'
import { getCompilation, startCompilation } from '../../../src/api/resources/flow-compile.ts'
import { clientUnderTest, problemOf } from '../support/client-under-test.ts'
import { json, memoryTarget } from '../support/memory-target.ts'

describe('startCompilation', () => {
  it('posts an empty body, and yields the job', async () => {
    const target = memoryTarget([json(201, { compileId: 'c-1', status: 'QUEUED' })])
    const { send, events } = clientUnderTest(target)
    expect(await startCompilation(send, { flowId: 'a/b' })).to.deep.equal({ compileId: 'c-1', status: 'QUEUED' })
    expect(target.requests[0]).to.include({ method: 'POST', url: 'http://api.internal/api/v2/flows/a%2Fb/compile' })
    expect(target.requests[0]).not.to.have.property('body')
    expect(events[0]).to.include({ type: 'request-intended', startsJob: true })
  })

  it('posts directives with the flow that they are for', async () => {
    const target = memoryTarget([json(201, { compileId: 'c-1', status: 'QUEUED' })])
    await startCompilation(clientUnderTest(target).send, { flowId: 'main', directives: { strict: true } })
    expect(JSON.parse(target.requests[0]?.body ?? '')).to.deep.equal({ flowId: 'main', directives: { strict: true } })
  })

  it('is sent once, however it breaks', async () => {
    const target = memoryTarget([json(500, {})])
    expect((await problemOf(startCompilation(clientUnderTest(target).send, { flowId: 'main' }))).code).to.equal('UNKNOWN_OUTCOME')
    expect(target.requests).to.have.length(1)
  })
})

describe('getCompilation', () => {
  it('reads the state with its errors', async () => {
    const body = { flowId: 'main', status: 'FAILED', errors: [{ code: 'SYNTAX_ERROR', message: 'bad', location: { line: 3, column: 0 } }] }
    const target = memoryTarget([json(200, body)])
    expect(await getCompilation(clientUnderTest(target).send, 'main', 'c/1')).to.deep.equal(body)
    expect(target.requests[0]).to.include({ method: 'GET', url: 'http://api.internal/api/v2/flows/main/compile/c%2F1' })
  })
})
