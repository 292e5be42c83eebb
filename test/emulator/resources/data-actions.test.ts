import { expect } from 'chai'
import type { JobCourse } from '../../../src/emulator/faults/job-course.ts'
import type { WebhookPost } from '../../../src/emulator/webhooks/deliver.ts'
import type { Json, JsonObject } from '../../../src/model/json.ts'
import { TEST_ACTIONS } from '../actions.ts'
import { type Answered, type Caller, WAYS } from '../caller.ts'

const CORRELATION_ID = '7d9a1b52-3f60-4c1e-9d52-0a8d3d1c2b10'
const BALANCE = '/api/v2/dx/actions/balance-lookup'

for (const [way, start] of WAYS) {
  describe(`data actions of the emulator, ${way}`, () => {
    let caller: Caller
    let token: string
    const posts: WebhookPost[] = []
    before(async () => {
      caller = await start({
        actions: TEST_ACTIONS,
        executionLifetimeMs: 150,
        limits: { 'data-actions': {}, 'data-action-status': {} },
        deliver: async (post) => ({ status: posts.push(post) > 0 ? 200 : 500 }),
      })
      token = await caller.token()
    })
    beforeEach(() => {
      posts.length = 0
      caller.emulator.setFaults({ faults: [] })
      caller.emulator.history.clear()
    })
    after(() => caller.close())

    const headers = { 'x-correlation-id': CORRELATION_ID }
    const execute = (actionId: string, inputs: JsonObject = {}, further: JsonObject = {}): Promise<Answered> =>
      caller.call(`/api/v2/dx/actions/${actionId}/execute`, {
        token,
        headers,
        body: { inputs, context: {}, asyncExecution: true, ...further },
      })
    const poll = (path: string): Promise<Answered> => caller.call(path, { token, headers })
    async function ended(answer: Answered): Promise<JsonObject> {
      for (;;) {
        const body = (await poll(String(answer.headers['location']))).json()
        if (body['status'] === 'COMPLETED' || body['status'] === 'FAILED') return body
        await caller.pass(5)
      }
    }

    it('asks for a token with the scope of each operation', async () => {
      const cases = [
        ['POST', `${BALANCE}/execute`, 'dx:actions:execute', 'dx:actions:read'],
        ['GET', `${BALANCE}/executions/none`, 'dx:actions:read', 'dx:actions:execute'],
      ] as const
      for (const [method, path, scope, other] of cases) {
        expect((await caller.call(path, { method, headers })).status).to.equal(401)
        expect((await caller.call(path, { method, headers, token: await caller.token(other) })).status).to.equal(403)
        expect((await caller.call(path, { method, headers, token: await caller.token(scope) })).status).not.to.be.oneOf([401, 403])
      }
    })

    it('answers 405 with Allow to another method', async () => {
      expect((await caller.call(`${BALANCE}/execute`, { token })).headers['allow']).to.equal('POST, OPTIONS')
      expect((await caller.call(`${BALANCE}/executions/x`, { token, method: 'POST' })).status).to.equal(405)
    })

    it('starts an execution, says where to ask for it, and fills inputs into the result with their types', async () => {
      const answer = await execute('balance-lookup', { customerId: 'CUST-99887', depth: 2, options: { kind: 'full' } })
      expect(answer.status).to.equal(202)
      const { executionId, ...rest } = answer.json()
      expect(rest).to.deep.equal({ status: 'QUEUED' })
      expect(answer.headers['location']).to.equal(`${BALANCE}/executions/${executionId}`)
      expect(answer.headers['x-correlation-id']).to.equal(CORRELATION_ID)
      const result = { customer: { id: 'CUST-99887', label: 'customer CUST-99887, {depth}' }, depth: 2, entries: [1, 'full'] }
      expect(await ended(answer)).to.deep.equal({ executionId, status: 'COMPLETED', result })
    })

    it('is IN_PROGRESS, without a result, until the delay is over', async () => {
      const answer = await execute('balance-lookup', { customerId: 'CUST-SLOW' })
      const { executionId } = answer.json()
      expect((await poll(String(answer.headers['location']))).json()).to.deep.equal({ executionId, status: 'IN_PROGRESS' })
      expect(await ended(answer)).to.deep.equal({ executionId, status: 'COMPLETED', result: { slow: true } })
    })

    it('fails by name where inputs say so', async () => {
      const { status, error } = await ended(await execute('balance-lookup', { customerId: 'CUST-0' }))
      expect([status, error]).to.deep.equal(['FAILED', { code: 'CUSTOMER_NOT_FOUND', message: 'there is no customer CUST-0' }])
    })

    it('fails as often as it is told, the same executions for the same seed', async () => {
      const outcomes: Json[] = []
      for (let count = 0; count < 20; count += 1) outcomes.push((await ended(await execute('flaky')))['status'] ?? null)
      expect(outcomes.filter((status) => status === 'FAILED').length).to.be.within(4, 16)
    })

    it('takes any inputs where the action declares none', async () => {
      expect((await execute('anything', { whatever: [1, { deep: null }] })).status).to.equal(202)
    })

    const refused: readonly (readonly [JsonObject, readonly string[]])[] = [
      [{ inputs: { customerId: 'CUST-1', custmerId: 'x' } }, ['/inputs/custmerId']],
      [{ inputs: {} }, ['/inputs']],
      [{ inputs: { customerId: 7, depth: 'x' } }, ['/inputs/customerId', '/inputs/depth']],
      [{ inputs: { customerId: 'C' } }, ['/inputs/customerId']],
      [{ inputs: [] }, ['/inputs']],
      [{ asyncExecution: false }, ['/asyncExecution']],
      [{ priority: 1 }, ['/priority']],
      [{ context: 'x' }, ['/context']],
      [{ context: { callbackUrl: 'http://10.0.0.1/' } }, ['/context/callbackUrl']],
    ]
    for (const [fields, expected] of refused) {
      it(`refuses with 400 and the reasons: ${JSON.stringify(fields)}`, async () => {
        const answer = await execute('balance-lookup', { customerId: 'CUST-1' }, fields)
        expect(answer.status).to.equal(400)
        expect((answer.json()['reasons'] as readonly JsonObject[]).map(({ field }) => field)).to.have.members(expected)
        expect(caller.emulator.history.jobs()).to.deep.equal([])
      })
    }

    it('refuses a correlation id that is missing or no UUID', async () => {
      for (const id of [{}, { 'x-correlation-id': 'run-1' }]) {
        const body = { inputs: {}, asyncExecution: true }
        expect((await caller.call('/api/v2/dx/actions/anything/execute', { token, headers: id, body })).status).to.equal(400)
        expect((await caller.call('/api/v2/dx/actions/anything/executions/x', { token, headers: id })).status).to.equal(400)
      }
    })

    it('answers 404 for an action or execution that it does not know, and for one that has expired', async () => {
      expect((await execute('nothing')).json()['error']).to.equal('action_not_found')
      const answer = await execute('anything')
      const path = String(answer.headers['location'])
      expect((await poll(path.replace('anything', 'flaky'))).json()['error']).to.equal('execution_not_found')
      expect((await poll(path)).status).to.equal(200)
      await caller.pass(170)
      expect((await poll(path)).status).to.equal(404)
    })

    it('posts the result to the callback URL, with the correlation id', async () => {
      const callbackUrl = 'http://127.0.0.1:9/callback'
      const answer = await execute('balance-lookup', { customerId: 'CUST-0' }, { context: { callbackUrl, source: 'test' } })
      await ended(answer)
      while (posts.length === 0) await caller.pass(5)
      const [post] = posts
      expect(post?.url).to.equal(callbackUrl)
      expect(post?.headers['x-correlation-id']).to.equal(CORRELATION_ID)
      expect(JSON.parse(post?.body ?? '')).to.deep.equal({
        executionId: answer.json()['executionId'],
        actionId: 'balance-lookup',
        status: 'FAILED',
        error: { code: 'CUSTOMER_NOT_FOUND', message: 'there is no customer CUST-0' },
      })
    })

    it('shows in the history which request started which execution, and when it was active', async () => {
      const answer = await execute('balance-lookup', { customerId: 'CUST-1' })
      await ended(answer)
      const [job] = caller.emulator.history.jobs('execution')
      expect(job).to.include({ id: answer.json()['executionId'], subject: 'balance-lookup', correlationId: CORRELATION_ID })
      expect((job?.endedAtMs ?? 0) - (job?.startedAtMs ?? 0)).to.be.closeTo(30, 1e-6)
      expect(job?.statuses.map(({ status }) => status)).to.include.members(['QUEUED', 'COMPLETED'])
    })

    it('starts an execution whose answer is lost', async () => {
      caller.emulator.setFaults({ faults: [{ api: 'data-actions', first: 1, answer: { status: 500 }, commit: true }] })
      expect((await execute('anything')).status).to.equal(500)
      expect(caller.emulator.history.jobs('execution').map(({ correlationId }) => correlationId)).to.deep.equal([CORRELATION_ID])
    })

    it('starts executions that are stuck, go back, fail, or tell statuses that nobody knows', async () => {
      const told = async (job: JobCourse): Promise<Json[]> => {
        caller.emulator.setFaults({ faults: [{ api: 'data-actions', job }] })
        const answer = await execute('anything')
        const statuses = [answer.json()['status'] ?? null]
        for (let check = 0; check < 2; check += 1) {
          await caller.pass(5)
          statuses.push((await poll(String(answer.headers['location']))).json()['status'] ?? null)
        }
        return statuses
      }
      expect(await told('stuck')).to.deep.equal(['QUEUED', 'IN_PROGRESS', 'IN_PROGRESS'])
      expect(await told('backward')).to.deep.equal(['IN_PROGRESS', 'QUEUED', 'QUEUED'])
      expect(await told('failed')).to.deep.equal(['QUEUED', 'FAILED', 'FAILED'])
      expect(await told({ statuses: ['QUEUED', 'PAUSED'] })).to.deep.equal(['QUEUED', 'PAUSED', 'PAUSED'])
    })
  })
}

describe('data actions of the emulator', () => {
  it('let a client start no more than a hundred executions a second', async () => {
    const [[, inMemory]] = WAYS
    const caller = await inMemory({ actions: TEST_ACTIONS })
    const token = await caller.token()
    const headers = { 'x-correlation-id': CORRELATION_ID }
    const start = (): Promise<Answered> =>
      caller.call('/api/v2/dx/actions/anything/execute', { token, headers, body: { inputs: {}, asyncExecution: true } })
    for (let count = 0; count < 100; count += 1) expect((await start()).status).to.equal(202)
    expect((await start()).status).to.equal(429)
    await caller.pass(1_000)
    expect((await start()).status).to.equal(202)
    await caller.close()
  })
})
