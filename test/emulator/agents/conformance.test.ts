import { expect } from 'chai'
import type { AgentDirectory } from '../../../src/emulator/agents/agent.ts'
import type { Json, JsonObject } from '../../../src/model/json.ts'
import { type Answered, type Caller, WAYS } from '../caller.ts'

const AGENT = '/api/v2/agents/agent-001'
const SCHEDULE = '/api/v2/wfm/schedules/agent-001'
const EVENTS = '/api/v2/events/publish'

const AGENTS: AgentDirectory = new Map([
  [
    'agent-001',
    {
      role: 'billing support',
      workModeId: 'workMode-1',
      skills: [
        { skillId: 'skill-a', level: 3, maximumConcurrentInteractions: 2 },
        { skillId: 'skill-b' },
        { skillId: 'skill-c', level: 0 },
        { skillId: 'skill-d' },
        { skillId: 'skill-e' },
      ],
      shifts: [{ from: '00:00', to: '24:00', workModeId: 'workMode-1' }],
    },
  ],
  ['agent-002', {}],
])

const change = (fields: JsonObject = {}): JsonObject => ({
  workModeId: 'workMode-2',
  skillLevels: [{ skillId: 'skill-a', level: 1, concurrentInteractions: 2 }],
  reason: 'a test',
  metadata: { source: 'cxspec', timestamp: '2026-01-02T03:04:05Z' },
  ...fields,
})

const event = (data: JsonObject = {}): JsonObject => ({
  eventType: 'agent.availability.changed',
  data: {
    agentId: 'agent-001',
    previousState: 'workMode-1',
    newState: 'workMode-2',
    syncTimestamp: '2026-01-02T03:04:05.678Z',
    ...data,
  },
})

for (const [way, start] of WAYS) {
  describe(`agents of the emulator, ${way}`, () => {
    let caller: Caller
    let token: string
    beforeEach(async () => {
      caller = await start({ agents: AGENTS, skillsPerPage: 2 })
      token = await caller.token()
    })
    afterEach(() => caller.close())

    const get = (path: string): Promise<Answered> => caller.call(path, { token })
    const patch = (etag: string | undefined, body: Json = change()): Promise<Answered> =>
      caller.call(`${AGENT}/workmodes`, { token, method: 'PATCH', body, headers: etag === undefined ? {} : { 'if-match': etag } })
    const etagNow = async (): Promise<string> => (await get(AGENT)).headers['etag'] ?? ''

    it('ask for a token with the scope of each operation', async () => {
      const cases = [
        ['GET', AGENT, 'agent:read', 'agent:write'],
        ['GET', `${AGENT}/skills`, 'skill:read', 'agent:read'],
        ['GET', SCHEDULE, 'wfm:read', 'agent:read'],
        ['PATCH', `${AGENT}/workmodes`, 'agent:write', 'agent:read'],
        ['POST', EVENTS, 'events:publish', 'agent:write'],
      ] as const
      for (const [method, path, scope, other] of cases) {
        expect((await caller.call(path, { method })).status).to.equal(401)
        expect((await caller.call(path, { method, token: await caller.token(other) })).status).to.equal(403)
        expect((await caller.call(path, { method, token: await caller.token(scope) })).status, path).not.to.be.oneOf([401, 403])
      }
    })

    it('answer 405 with Allow to another method, and 404 for an agent that is not there', async () => {
      expect((await caller.call(`${AGENT}/workmodes`, { token, method: 'POST' })).headers['allow']).to.equal('PATCH, OPTIONS')
      for (const path of [AGENT, `${AGENT}/skills`, SCHEDULE]) {
        expect((await get(path.replace('001', '009'))).json()['error']).to.equal('agent_not_found')
      }
    })

    it('tell a profile with its ETag, which stays the same until something changes', async () => {
      const answer = await get(AGENT)
      expect(answer.json()).to.deep.include({ agentId: 'agent-001', role: 'billing support', currentWorkMode: { id: 'workMode-1' } })
      expect(answer.json()['skills']).to.have.length(5)
      expect(answer.headers['etag']).to.match(/^"[^"]+"$/)
      expect(await etagNow()).to.equal(answer.headers['etag'])
      expect((await get('/api/v2/agents/agent-002')).json()).to.deep.equal({ agentId: 'agent-002', skills: [] })
    })

    it('tell skills in pages that lead to each other', async () => {
      const pages: JsonObject[] = []
      for (let path: Json | undefined = `${AGENT}/skills`; typeof path === 'string'; path = pages.at(-1)?.['nextPageUri']) {
        pages.push((await get(path)).json())
      }
      const entities = pages.map((page) => page['entities'] as readonly JsonObject[])
      expect(entities.map((page) => page.length)).to.deep.equal([2, 2, 1])
      expect(entities.flat()[0]).to.deep.equal({ skillId: 'skill-a', level: 3, maximumConcurrentInteractions: 2 })
      expect(entities.flat()[2]).to.deep.equal({ skillId: 'skill-c', level: 0 })
      expect((await get(`${AGENT}/skills?pageSize=100`)).json()).not.to.have.property('nextPageUri')
      for (const query of ['page=0', 'page=x', 'pageSize=1001', 'pageSize=-1']) {
        expect((await get(`${AGENT}/skills?${query}`)).status, query).to.equal(400)
      }
    })

    it('tell the shift of this moment', async () => {
      const now = caller.emulator.settings.clock.date().toISOString()
      const shifts = (await get(SCHEDULE)).json()['shifts'] as readonly { startTime: string; endTime: string; workModeId: string }[]
      const current = shifts.filter(({ startTime, endTime }) => startTime <= now && now < endTime)
      expect(current.map(({ workModeId }) => workModeId)).to.deep.equal(['workMode-1'])
      expect((await get(SCHEDULE.replace('001', '002'))).json()).to.deep.equal({ agentId: 'agent-002', shifts: [] })
    })

    it('change work mode and skills, and have another ETag from then on', async () => {
      const etag = await etagNow()
      const answer = await patch(etag)
      expect(answer.status).to.equal(200)
      expect(answer.json()).to.deep.include({ agentId: 'agent-001', workModeId: 'workMode-2', previousWorkModeId: 'workMode-1' })
      expect(answer.headers['etag']).not.to.equal(etag)
      const after = await get(AGENT)
      expect(after.headers['etag']).to.equal(answer.headers['etag'])
      expect(after.json()).to.deep.include({ currentWorkMode: { id: 'workMode-2' } })
      const [first] = (await get(`${AGENT}/skills`)).json()['entities'] as readonly JsonObject[]
      expect(first).to.deep.equal({ skillId: 'skill-a', level: 1, maximumConcurrentInteractions: 2, concurrentInteractions: 2 })
    })

    it('refuse a stale ETag with 409, and a change without If-Match with 428', async () => {
      const etag = await etagNow()
      expect((await patch(etag)).status).to.equal(200)
      const stale = await patch(etag)
      expect([stale.status, stale.json()['error']]).to.deep.equal([409, 'conflict'])
      expect((await patch(undefined)).status).to.equal(428)
      expect((await patch('*')).status).to.equal(200)
      expect(caller.emulator.history.records('changes')).to.have.length(2)
    })

    const faulty: readonly (readonly [JsonObject, readonly string[]])[] = [
      [{ workModeId: '' }, ['/workModeId']],
      [{ reason: null }, ['/reason']],
      [{ metadata: { source: 'x', timestamp: 'now' } }, ['/metadata/timestamp']],
      [{ priority: 1 }, ['/priority']],
      [{ skillLevels: [{ skillId: 'skill-a', level: 1 }] }, ['/skillLevels/0/concurrentInteractions']],
      [
        {
          skillLevels: [
            { skillId: 'skill-x', level: 1, concurrentInteractions: 1 },
            { skillId: 'skill-a', level: 1, concurrentInteractions: 3 },
            { skillId: 'skill-b', level: 1, concurrentInteractions: 2 },
          ],
        },
        ['/skillLevels/0/skillId', '/skillLevels/1/concurrentInteractions', '/skillLevels/2/concurrentInteractions'],
      ],
    ]
    for (const [fields, expected] of faulty) {
      it(`refuse with 422 and every reason: ${JSON.stringify(fields)}`, async () => {
        const answer = await patch('*', change(fields))
        expect(answer.status).to.equal(422)
        expect((answer.json()['reasons'] as readonly JsonObject[]).map(({ field }) => field)).to.have.members(expected)
        expect(caller.emulator.history.records('changes')).to.deep.equal([])
      })
    }

    it('take no more than five changes in any second', async () => {
      const statuses: number[] = []
      for (let count = 0; count < 6; count += 1) statuses.push((await patch('*')).status)
      expect(statuses).to.deep.equal([200, 200, 200, 200, 200, 429])
      await caller.pass(1_050)
      expect((await patch('*')).status).to.equal(200)
    })

    it('are changed by somebody else where the fault plan says so', async () => {
      caller.emulator.setFaults({ faults: [{ api: 'agent-workmodes', first: 2, interfere: true }] })
      const statuses: number[] = []
      for (let count = 0; count < 3; count += 1) statuses.push((await patch(await etagNow())).status)
      expect(statuses).to.deep.equal([409, 409, 200])
      expect(caller.emulator.history.records('changes').map(({ request }) => request > 0)).to.deep.equal([false, false, true])
      caller.emulator.setFaults({ faults: [{ api: 'agent-workmodes', at: [1], interfere: { workModeId: 'workMode-9' } }] })
      expect((await patch(await etagNow())).status).to.equal(409)
      expect((await get(AGENT)).json()).to.deep.include({ currentWorkMode: { id: 'workMode-9' } })
    })

    it('are changed although the answer is lost, where the fault plan says so', async () => {
      caller.emulator.setFaults({ faults: [{ api: 'agent-workmodes', first: 1, drop: 'before-answer', commit: true }] })
      expect(await patch('*').catch((error: NodeJS.ErrnoException) => error.code)).to.equal('ECONNRESET')
      expect(caller.emulator.history.records('changes')).to.have.length(1)
    })

    it('have their events published, which the history shows', async () => {
      expect((await caller.call(EVENTS, { token, body: event() })).status).to.equal(202)
      expect((await caller.call(EVENTS, { token, body: event({ previousState: null }) })).status).to.equal(202)
      for (const wrong of [event({ syncTimestamp: 'soon' }), event({ newState: null }), { ...event(), eventType: 'agent.fired' }, {}]) {
        expect((await caller.call(EVENTS, { token, body: wrong })).status).to.equal(422)
      }
      const published = caller.emulator.history.records('events')
      expect(published.map(({ eventType, data }) => [eventType, data['previousState']])).to.deep.equal([
        ['agent.availability.changed', 'workMode-1'],
        ['agent.availability.changed', null],
      ])
    })

    it('show in the history who changed what', async () => {
      await patch('*')
      const [request] = caller.emulator.history.requests('agent-workmodes')
      const [{ atMs = -1, ...made } = {}] = caller.emulator.history.records('changes')
      expect(made).to.deep.equal({
        agentId: 'agent-001',
        request: request?.id,
        previousWorkModeId: 'workMode-1',
        workModeId: 'workMode-2',
        reason: 'a test',
        etag: await etagNow(),
      })
      expect(atMs).to.be.within(request?.receivedAtMs ?? 0, request?.answeredAtMs ?? 0)
    })
  })
}
