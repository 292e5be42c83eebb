import { expect } from 'chai'
import { getAgentSkills } from '../../../src/api/resources/agent-skills.ts'
import { clientUnderTest, problemOf } from '../support/client-under-test.ts'
import { json, memoryTarget, type Script } from '../support/memory-target.ts'

const PATH = '/api/v2/agents/agent-1/skills'
const URL_OF_FIRST = `http://api.internal${PATH}`

/** A target with so many pages of one skill each, whose `nextPageUri` is written as told. */
function pages(count: number, toUri: (query: string) => string): Script {
  return ({ url }) => {
    const page = Number(new URL(url).searchParams.get('page') ?? 1)
    return json(200, { entities: [{ skillId: `s-${page}` }], ...(page < count ? { nextPageUri: toUri(`page=${page + 1}`) } : {}) })
  }
}

describe('getAgentSkills', () => {
  for (const [form, toUri] of [
    ['absolute', (query: string) => `${URL_OF_FIRST}?${query}`],
    ['relative to the host', (query: string) => `${PATH}?${query}`],
    ['relative to the page', (query: string) => `?${query}`],
    ['absolute, with another name of the same host', (query: string) => `HTTP://API.internal:80${PATH}?${query}`],
  ] as const) {
    it(`follows every page where the references are ${form}`, async () => {
      const target = memoryTarget([pages(4, toUri)])
      const skills = await getAgentSkills(clientUnderTest(target).send, 'agent-1')
      expect(skills.map(({ skillId }) => skillId)).to.deep.equal(['s-1', 's-2', 's-3', 's-4'])
      expect(target.requests.map(({ url }) => url)).to.deep.equal([
        URL_OF_FIRST,
        ...[2, 3, 4].map((page) => `${URL_OF_FIRST}?page=${page}`),
      ])
    })
  }

  it('follows a reference that knows nothing of the prefix of a gateway', async () => {
    const target = memoryTarget([pages(2, (query) => `${PATH}?${query}`)])
    const { send } = clientUnderTest(target, {
      target: { ...gateway, name: 'gateway', clientAuthentication: 'basic', grantIn: 'body', clientId: 'c', clientSecret: 's' },
    })
    await getAgentSkills(send, 'agent-1')
    expect(target.requests[1]?.url).to.equal(`http://api.internal/gateway${PATH}?page=2`)
  })

  it('ends where the reference is null or empty', async () => {
    for (const nextPageUri of [null, '']) {
      const target = memoryTarget([json(200, { entities: [{ skillId: 's-1' }], nextPageUri })])
      expect(await getAgentSkills(clientUnderTest(target).send, 'agent-1')).to.have.length(1)
    }
  })

  for (const nextPageUri of [
    'http://evil.example/api/v2/agents/agent-1/skills?page=2',
    'http://api.internal@evil.example/api/v2/agents/agent-1/skills?page=2',
    '//evil.example/api/v2/agents/agent-1/skills?page=2',
    'https://api.internal/api/v2/agents/agent-1/skills?page=2',
    'http://api.internal:8080/api/v2/agents/agent-1/skills?page=2',
    '/api/v2/agents/agent-2/skills?page=2',
    '../../../flows?page=2',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://[',
    `?${'x'.repeat(5_000)}`,
  ]) {
    it(`sends no token to ${nextPageUri.slice(0, 60)}`, async () => {
      const target = memoryTarget([json(200, { entities: [], nextPageUri })])
      expect((await problemOf(getAgentSkills(clientUnderTest(target).send, 'agent-1'))).code).to.equal('PROTOCOL_ERROR')
      expect(target.requests).to.have.length(1)
    })
  }

  it('refuses pages that lead in a circle', async () => {
    const target = memoryTarget([json(200, { entities: [{ skillId: 's' }], nextPageUri: `${PATH}?page=2` })])
    const problem = await problemOf(getAgentSkills(clientUnderTest(target).send, 'agent-1'))
    expect(problem.message).to.include('lead in a circle')
    expect(target.requests).to.have.length(2)
  })

  it('refuses pages that never end', async () => {
    const target = memoryTarget([pages(Number.POSITIVE_INFINITY, (query) => `?${query}`)])
    const problem = await problemOf(getAgentSkills(clientUnderTest(target).send, 'agent-1'))
    expect(problem.message).to.include('do not end')
    expect(target.requests).to.have.length.at.most(200)
  })
})

const gateway = { baseUrl: 'http://api.internal/gateway', tokenUrl: 'http://api.internal/oauth/token' }
