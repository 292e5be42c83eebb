import { expect } from 'chai'
import { changeWorkMode, getAgent } from '../../../src/api/resources/agents.ts'
import { clientUnderTest, problemOf } from '../support/client-under-test.ts'
import { json, memoryTarget, networkError, text } from '../support/memory-target.ts'

const change = {
  agentId: 'agent-1',
  etag: 'W/"7"',
  workModeId: 'wm-2',
  skillLevels: [{ skillId: 's-1', level: 3, concurrentInteractions: 1 }],
  reason: 'training',
  metadata: { source: 'cxspec', timestamp: '2026-01-05T09:00:00.000Z' },
}

describe('getAgent', () => {
  it('reads the work mode, and the state that it was read in', async () => {
    const target = memoryTarget([json(200, { currentWorkMode: { id: 'wm-1' }, skills: [] }, { etag: '"7"' })])
    expect(await getAgent(clientUnderTest(target).send, 'a/1')).to.deep.equal({ etag: '"7"', workModeId: 'wm-1' })
    expect(target.requests[0]).to.include({ method: 'GET', url: 'http://api.internal/api/v2/agents/a%2F1' })
  })

  it('takes an agent without a work mode', async () => {
    const target = memoryTarget([json(200, { currentWorkMode: null }, { etag: '"7"' })])
    expect(await getAgent(clientUnderTest(target).send, 'a')).to.deep.equal({ etag: '"7"' })
  })

  it('is of no use without an ETag', async () => {
    const problem = await problemOf(getAgent(clientUnderTest(memoryTarget([json(200, {})])).send, 'a'))
    expect(problem).to.include({ code: 'PROTOCOL_ERROR' })
    expect(problem.message).to.include('without an ETag')
  })
})

describe('changeWorkMode', () => {
  it('sends the change on the condition that the agent is as it was read', async () => {
    const target = memoryTarget([json(200, { workModeId: 'wm-2' })])
    expect(await changeWorkMode(clientUnderTest(target).send, change)).to.deep.equal({ kind: 'changed', workModeId: 'wm-2', latencyMs: 0 })
    const { agentId, etag, ...body } = change
    expect(target.requests[0]).to.include({ method: 'PATCH', url: `http://api.internal/api/v2/agents/${agentId}/workmodes` })
    expect(target.requests[0]?.headers['if-match']).to.equal(etag)
    expect(JSON.parse(target.requests[0]?.body ?? '')).to.deep.equal(body)
  })

  it('yields a conflict for 409 and 412, whatever their body', async () => {
    for (const answer of [json(409, {}), text(409, '<html>'), text(412, '')]) {
      const target = memoryTarget([answer])
      expect(await changeWorkMode(clientUnderTest(target).send, change)).to.deep.equal({ kind: 'conflict' })
      expect(target.requests).to.have.length(1)
    }
  })

  for (const [what, answer] of [
    ['answered 503 without a time', json(503, {})],
    ['reset', networkError('ECONNRESET')],
  ] as const) {
    it(`is sent once where it is ${what}, since it may have taken effect`, async () => {
      const target = memoryTarget([answer])
      const problem = await problemOf(changeWorkMode(clientUnderTest(target).send, change))
      expect(problem.code).to.equal('UNKNOWN_OUTCOME')
      expect(problem.message).to.include('nobody knows whether it took effect').and.not.include('job')
      expect(target.requests).to.have.length(1)
    })
  }

  it('keeps to five a second, in any second', async () => {
    const target = memoryTarget([json(200, { workModeId: 'wm-2' })])
    const { send, clock } = clientUnderTest(target, { limits: { requestsAtOnce: 100, apis: { 'agent-workmodes': { perSecond: 5 } } } })
    const atMs: number[] = []
    await Promise.all(Array.from({ length: 23 }, () => changeWorkMode(send, change).then(() => atMs.push(clock.now()))))
    for (const startMs of atMs) expect(atMs.filter((other) => other >= startMs && other < startMs + 1_000)).to.have.length.at.most(5)
  })
})
