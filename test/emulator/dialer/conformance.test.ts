import { expect } from 'chai'
import type { EmulatorOptions } from '../../../src/emulator/options.ts'
import type { WebhookPost } from '../../../src/emulator/webhooks/deliver.ts'
import type { Json, JsonObject } from '../../../src/model/json.ts'
import { type Caller, WAYS } from '../caller.ts'
import { SIMULATIONS, SimulationCaller, simulationRequest } from './scenario.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

for (const [way, start] of WAYS) {
  describe(`the dialer of the emulator, ${way}`, () => {
    let caller: Caller
    let token: string
    let dialer: SimulationCaller
    const posts: WebhookPost[] = []
    async function open(options: Partial<EmulatorOptions> = {}): Promise<void> {
      await caller?.close()
      caller = await start(options)
      token = await caller.token()
      dialer = new SimulationCaller(caller, token)
    }
    beforeEach(async () => {
      posts.length = 0
      await open({ deliver: async (post) => ({ status: posts.push(post) > 0 ? 200 : 500 }) })
    })
    after(() => caller.close())

    const idOf = async (fields?: JsonObject): Promise<string> => String((await dialer.start(fields)).json()['id'])
    const events = (): JsonObject[] => posts.map(({ body }) => JSON.parse(body))
    const calls = (count: number, fields: JsonObject = {}): JsonObject => ({
      maxCalls: count,
      webhookUrl: 'http://127.0.0.1:9/hook',
      ...fields,
    })
    async function settled(): Promise<void> {
      while (caller.emulator.history.records('deliveries').some(({ result }) => result === 'waiting')) await caller.pass(5)
    }

    it('asks for a token with the scopes of each operation', async () => {
      const one = `${SIMULATIONS}/none`
      const cases = [
        ['POST', SIMULATIONS, ['dialer:campaigns:write', 'dialer:simulations:write'], 'dialer:simulations:read'],
        ['POST', SIMULATIONS, ['dialer:campaigns:write', 'dialer:simulations:write'], 'dialer:simulations:write'],
        ['GET', SIMULATIONS, ['dialer:simulations:read'], 'dialer:simulations:write'],
        ['GET', one, ['dialer:simulations:read'], 'dialer:simulations:write'],
        ['DELETE', one, ['dialer:simulations:write'], 'dialer:simulations:read'],
        ['POST', '/api/v2/dialer/metrics/aggregations', ['dialer:metrics:read'], 'dialer:simulations:write'],
      ] as const
      for (const [method, path, scopes, other] of cases) {
        expect((await caller.call(path, { method })).status).to.equal(401)
        const lacking = await caller.call(path, { method, token: await caller.token(other) })
        expect(lacking.status, `${method} ${path}`).to.equal(403)
        expect(lacking.headers['www-authenticate']).to.include(`scope="${scopes.join(' ')}"`)
        const enough = await caller.call(path, { method, token: await caller.token(scopes.join(' ')) })
        expect(enough.status).not.to.be.oneOf([401, 403])
      }
    })

    it('answers 405 with Allow to another method', async () => {
      expect((await caller.call(SIMULATIONS, { token, method: 'PUT' })).headers['allow']).to.equal('POST, GET, HEAD, OPTIONS')
      const one = await caller.call(`${SIMULATIONS}/x`, { token, method: 'POST' })
      expect([one.status, one.headers['allow']]).to.deep.equal([405, 'GET, DELETE, HEAD, OPTIONS'])
    })

    it('starts a simulation, and says where to ask for it', async () => {
      const answer = await dialer.start()
      expect(answer.status).to.equal(201)
      expect(answer.json()).to.have.keys('id', 'state').and.include({ state: 'queued' })
      expect(answer.json()['id']).to.match(UUID)
      expect(answer.headers['location']).to.equal(`${SIMULATIONS}/${answer.json()['id']}`)
    })

    it('goes from queued to running to completed, with counts that only grow', async () => {
      await open({ dialer: { queuedMs: 600 } })
      const seen = await dialer.follow(await idOf({ maxCalls: 100 }))
      const states = seen.map(({ state }) => state)
      expect([...new Set(states)]).to.deep.equal(['queued', 'running', 'completed'])
      const counts = seen.map((body) => [Number(body['callsAttempted']), Number(body['callsCompleted'])] as const)
      for (const [index, [attempted, completed]] of counts.entries()) {
        expect(attempted - completed).to.be.within(0, 5)
        expect(attempted).to.be.at.least(counts[index - 1]?.[0] ?? 0)
        expect(completed).to.be.at.least(counts[index - 1]?.[1] ?? 0)
      }
      expect(seen.at(-1)).to.deep.include({ callsAttempted: 100, callsCompleted: 100, complianceBypassed: true })
      expect(seen.at(-1)).not.to.have.property('errors')
    })

    const faulty: readonly (readonly [JsonObject, readonly string[]])[] = [
      [{ campaignId: 'campaign-1' }, ['/campaignId']],
      [{ campaignId: 'a1b2c3d4e5f678901abcdef1234567890abc' }, ['/campaignId']],
      [{ campaignId: null }, ['/campaignId']],
      [{ virtualAgentMatrix: { language: 'en-US' } }, ['/virtualAgentMatrix']],
      [{ virtualAgentMatrix: { flowId: null, scriptId: null } }, ['/virtualAgentMatrix']],
      [{ outcomeInjection: { enabled: true, busySignalProbability: 0.6, answerProbability: 0.41 } }, ['/outcomeInjection']],
      [{ outcomeInjection: { enabled: true, answerProbability: 1.1 } }, ['/outcomeInjection/answerProbability', '/outcomeInjection']],
      [{ outcomeInjection: { enabled: true, answerProbability: -0.1 } }, ['/outcomeInjection/answerProbability']],
      [{ outcomeInjection: { enabled: true, answerProbability: '0.1' } }, ['/outcomeInjection/answerProbability']],
      [{ concurrencyLimit: 0 }, ['/concurrencyLimit']],
      [{ concurrencyLimit: 101 }, ['/concurrencyLimit']],
      [{ concurrencyLimit: 1.5 }, ['/concurrencyLimit']],
      [{ maxCalls: 0 }, ['/maxCalls']],
      [{ complianceBypass: false }, ['/complianceBypass']],
      [{ webhookUrl: 'ftp://127.0.0.1/hook' }, ['/webhookUrl']],
      [{ webhookUrl: 'file:///etc/hosts' }, ['/webhookUrl']],
      [{ webhookUrl: 'http://169.254.169.254/latest' }, ['/webhookUrl']],
      [{ webhookUrl: 'http://localhost.evil.example/' }, ['/webhookUrl']],
      [{ webhookUrl: 'nowhere' }, ['/webhookUrl']],
      [{ speed: 2 }, ['/speed']],
      [
        { campaignId: 'x', virtualAgentMatrix: {}, concurrencyLimit: 500, complianceBypass: 'yes', maxCalls: null },
        ['/campaignId', '/virtualAgentMatrix', '/concurrencyLimit', '/complianceBypass', '/maxCalls'],
      ],
    ]
    for (const [fields, expected] of faulty) {
      it(`refuses with 422 and every fault: ${JSON.stringify(fields)}`, async () => {
        const answer = await dialer.start(fields)
        expect(answer.status).to.equal(422)
        const reasons = answer.json()['reasons'] as readonly JsonObject[]
        expect(reasons.map(({ field }) => field)).to.have.members(expected)
        for (const { message } of reasons) expect(message).to.be.a('string').and.not.equal('')
        expect(await dialer.find()).to.deep.equal([])
      })
    }

    it('names every field that is missing', async () => {
      const answer = await caller.call(SIMULATIONS, { token, body: {} })
      const fields = (answer.json()['reasons'] as readonly JsonObject[]).map(({ field }) => field)
      expect(fields).to.have.members(Object.keys(simulationRequest()).map((name) => `/${name}`))
    })

    it('takes probabilities that sum to 1 in decimal terms, and absent or null for what may be left out', async () => {
      const outcomeInjection = { enabled: true, dialToneProbability: 0.1, busySignalProbability: 0.2, answerProbability: 0.7 }
      expect((await dialer.start({ outcomeInjection })).status).to.equal(201)
      expect((await dialer.start({ outcomeInjection: { enabled: false }, tag: null, webhookUrl: null })).status).to.equal(201)
      expect((await dialer.start({ virtualAgentMatrix: { scriptId: 'script-1' } })).status).to.equal(201)
    })

    it('refuses a sixth active simulation with 409, until one has ended', async () => {
      await open({ dialer: { speed: 10 } })
      const ids: string[] = []
      for (let count = 0; count < 5; count += 1) ids.push(await idOf())
      const sixth = await dialer.start()
      expect([sixth.status, sixth.json()['error']]).to.deep.equal([409, 'too_many_simulations'])
      expect((await dialer.cancel(ids[0] ?? '')).status).to.equal(204)
      expect((await dialer.start()).status).to.equal(201)
      expect((await dialer.start()).status).to.equal(409)
      expect(caller.emulator.history.largestActive('simulation')).to.equal(5)
      expect(caller.emulator.history.jobs('simulation')).to.have.length(6)
    })

    it('counts simulations of somebody else towards the limit', async () => {
      await open({ dialer: { foreign: { count: 4, forMs: 60 }, speed: 10 } })
      expect((await dialer.start({ tag: 'mine' })).status).to.equal(201)
      expect((await dialer.start()).status).to.equal(409)
      await caller.pass(80)
      expect((await dialer.start()).status).to.equal(201)
      expect(await dialer.find()).to.have.length(6)
      expect(caller.emulator.history.jobs().filter(({ request }) => request === 0)).to.have.length(4)
    })

    it('finds simulations by their tag, and only those', async () => {
      const first = await idOf({ tag: 'run 1/a&b' })
      await idOf({ tag: 'run 2' })
      const found = await dialer.find('run 1/a&b')
      expect(found.map(({ id, tag }) => [id, tag])).to.deep.equal([[first, 'run 1/a&b']])
      expect(found[0]).to.include.keys('state', 'callsAttempted', 'callsCompleted', 'complianceBypassed')
      expect(await dialer.find('run')).to.deep.equal([])
    })

    it('answers 404 for a simulation that it does not know', async () => {
      expect((await dialer.read('none')).status).to.equal(404)
      expect((await dialer.cancel('none')).status).to.equal(404)
    })

    it('cancels a simulation: it fails, makes no more calls, and says why', async () => {
      await open({ dialer: { speed: 10 } })
      const id = await idOf({ maxCalls: 1_000 })
      await caller.pass(60)
      expect((await dialer.cancel(id)).status).to.equal(204)
      const { state, errors, callsAttempted } = (await dialer.read(id)).json()
      expect([state, errors]).to.deep.equal(['failed', [{ code: 'CANCELLED', message: 'the simulation was cancelled' }]])
      await caller.pass(60)
      expect((await dialer.read(id)).json()['callsAttempted']).to.equal(callsAttempted)
      expect((await dialer.cancel(id)).status).to.equal(204)
    })

    it('leaves a simulation as it ended where it is cancelled afterwards', async () => {
      const id = await idOf({ maxCalls: 1 })
      await dialer.follow(id)
      expect((await dialer.cancel(id)).status).to.equal(204)
      expect((await dialer.read(id)).json()['state']).to.equal('completed')
    })

    it('refuses to cancel where the deployment cannot', async () => {
      await open({ dialer: { canCancel: false, speed: 10 } })
      const id = await idOf()
      const answer = await dialer.cancel(id)
      expect([answer.status, answer.headers['allow']]).to.deep.equal([405, 'GET, HEAD, OPTIONS'])
      expect((await dialer.read(id)).json()['state']).not.to.equal('failed')
    })

    it('tells the end of each call once, as the API document says', async () => {
      const id = await idOf(calls(50))
      await dialer.follow(id)
      await settled()
      expect(events()).to.have.length(50)
      expect(new Set(events().map(({ callId }) => callId)).size).to.equal(50)
      for (const event of events()) {
        expect(event).to.have.keys('simulationId', 'callId', 'state', 'timestamp', 'outcome', 'durationMs')
        expect(event).to.include({ simulationId: id, state: 'completed' })
        expect(event['outcome']).to.be.oneOf(['dial-tone', 'busy', 'no-answer', 'answered'])
        expect(new Date(String(event['timestamp'])).toISOString()).to.equal(event['timestamp'])
        expect(event['durationMs']).to.be.a('number').that.is.above(0)
      }
      const [post] = posts
      expect(post?.headers['content-type']).to.equal('application/json')
      expect(post?.headers['webhook-id']).to.match(/^msg_[^.]+$/)
    })

    it('tells the states that the deployment tells, and none where it tells none', async () => {
      const profile = { abandonShare: 1, failShare: 0.2 }
      const outcomeInjection = { enabled: true, answerProbability: 1 }
      const statesTold = async (callEvents: NonNullable<EmulatorOptions['dialer']>['callEvents']): Promise<Set<Json | undefined>> => {
        posts.length = 0
        await open({
          deliver: async (post) => ({ status: posts.push(post) > 0 ? 200 : 500 }),
          dialer: { profile, ...(callEvents && { callEvents }) },
        })
        await dialer.follow(await idOf(calls(60, { outcomeInjection })))
        await settled()
        return new Set(events().map(({ state }) => state))
      }
      expect(await statesTold(undefined)).to.deep.equal(new Set(['abandoned', 'failed']))
      expect(await statesTold(['completed'])).to.deep.equal(new Set(['completed']))
      expect(await statesTold(['ringing', 'in-progress', 'completed', 'abandoned', 'failed'])).to.deep.equal(
        new Set(['ringing', 'in-progress', 'abandoned', 'failed']),
      )
      expect(await statesTold([])).to.deep.equal(new Set())
    })

    it('counts calls that failed as errors, not as completed', async () => {
      await open({ dialer: { profile: { failShare: 1 } } })
      const last = (await dialer.follow(await idOf())).at(-1)
      expect(last).to.deep.include({ state: 'completed', callsAttempted: 20, callsCompleted: 0 })
      expect(last?.['errors']).to.deep.equal([{ code: 'CALL_FAILED', message: '20 of 20 calls failed' }])
    })

    it('takes metrics, which the history then shows', async () => {
      const id = await idOf({ maxCalls: 1 })
      const metrics = { totalCalls: 500, completedCalls: 499, averageLatencyMs: 12.5, accuracyRate: 0.99 }
      const path = '/api/v2/dialer/metrics/aggregations'
      expect((await caller.call(path, { token, body: { simulationId: id, metrics } })).status).to.equal(202)
      expect((await caller.call(path, { token, body: { simulationId: 'none', metrics } })).status).to.equal(404)
      for (const wrong of [{ ...metrics, completedCalls: 501 }, { ...metrics, accuracyRate: 99 }, { completedCalls: 1 }]) {
        expect((await caller.call(path, { token, body: { simulationId: id, metrics: wrong } })).status).to.equal(422)
      }
      expect(caller.emulator.history.records('metrics').map(({ metrics }) => metrics)).to.deep.equal([metrics])
    })

    it('shows in the history which request started which simulation, and when it was active', async () => {
      const id = await idOf({ tag: 'run-7' })
      await dialer.follow(id)
      const [request] = caller.emulator.history.requests('dialer-simulations')
      const [job] = caller.emulator.history.jobs('simulation')
      expect(job).to.include({ id, subject: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890', tag: 'run-7', clientId: 'emulator-client' })
      expect(job).to.include({ request: request?.id, correlationId: request?.correlationId })
      expect(job?.endedAtMs).to.be.above(job?.startedAtMs ?? Number.POSITIVE_INFINITY)
      expect(job?.statuses.at(-1)?.status).to.equal('completed')
    })

    describe('with faults on request', () => {
      it('starts a simulation whose answer is lost, and that can be found by its tag', async () => {
        caller.emulator.setFaults({ faults: [{ api: 'dialer-simulations', first: 1, drop: 'before-answer', commit: true }] })
        const failure = await dialer.start({ tag: 'lost' }).then(
          () => undefined,
          (error: NodeJS.ErrnoException) => error.code,
        )
        expect(failure).to.equal('ECONNRESET')
        expect(await dialer.find('lost')).to.have.length(1)
        expect(caller.emulator.history.jobs('simulation')).to.have.length(1)
      })

      it('starts simulations that are stuck, go back, fail, or tell states that nobody knows', async () => {
        const told = async (job: 'stuck' | 'backward' | 'failed' | { statuses: string[] }): Promise<Json[]> => {
          caller.emulator.setFaults({ faults: [{ api: 'dialer-simulations', job }] })
          const answer = (await dialer.start({ maxCalls: 1 })).json()
          const states = [answer['state'] ?? null]
          for (let check = 0; check < 3; check += 1) {
            await caller.pass(60)
            states.push((await dialer.read(String(answer['id']))).json()['state'] ?? null)
          }
          return states
        }
        expect(await told('stuck')).to.deep.equal(['queued', 'running', 'running', 'running'])
        expect(await told('backward')).to.deep.equal(['running', 'queued', 'queued', 'queued'])
        expect((await told('failed')).at(-1)).to.equal('failed')
        expect(await told({ statuses: ['queued', 'paused', 'completed'] })).to.deep.equal(['queued', 'paused', 'completed', 'completed'])
        expect(caller.emulator.history.jobs('simulation').filter(({ endedAtMs }) => endedAtMs === undefined)).to.have.length(2)
        for (const { id } of await dialer.find()) await dialer.cancel(String(id))
        expect((await dialer.find()).map(({ state }) => state)).to.deep.equal(['failed', 'failed', 'failed', 'completed'])
      })

      it('loses, doubles, reorders and delays webhooks, as the history shows', async () => {
        caller.emulator.setFaults({
          seed: 3,
          faults: [],
          webhooks: { lose: 0.1, duplicate: 0.1, reorder: 0.1, late: { share: 0.1, by: '50ms' } },
        })
        await dialer.follow(await idOf(calls(200)))
        await settled()
        const deliveries = caller.emulator.history.records('deliveries')
        const withFault = (word: string): number => deliveries.filter(({ fault }) => fault?.includes(word)).length
        for (const word of ['lost', 'doubled', 'overtaken', 'late']) expect(withFault(word), word).to.be.within(8, 60)
        expect(posts).to.have.length(200 - withFault('lost') + withFault('doubled') / 2)
        const ids = posts.map(({ headers }) => headers['webhook-id'])
        expect(ids.length - new Set(ids).size).to.equal(withFault('doubled') / 2)
        const times = events().map(({ timestamp }) => String(timestamp))
        expect(times).not.to.deep.equal([...times].sort())
      })
    })
  })
}
