import { expect } from 'chai'
import type { Effect, FaultRule } from '../../../src/emulator/faults/fault-plan.ts'
import type { Json } from '../../../src/model/json.ts'
import { type Answered, type Caller, WAYS } from '../caller.ts'

const DEBUG = '/api/v2/flows/debug'
const COMPILE = '/api/v2/flows/main-menu/compile'

for (const [way, start] of WAYS) {
  describe(`faults on request, ${way}`, () => {
    let caller: Caller
    let token: string
    before(async () => {
      caller = await start({ compile: { queuedMs: 0, inProgressMs: 0 } })
    })
    beforeEach(async () => {
      caller.emulator.setFaults({ faults: [] })
      token = await caller.token()
      caller.emulator.history.clear()
    })
    after(() => caller.close())

    const plan = (...faults: FaultRule[]): void => caller.emulator.setFaults({ faults })
    const debug = (): Promise<Answered> => caller.call(DEBUG, { token, body: { flowId: 'main-menu', input: { dtmf: '1' } } })
    const compile = (): Promise<Answered> => caller.call(COMPILE, { token, method: 'POST' })
    const codeOf = (asked: Promise<Answered>): Promise<string> =>
      asked.then(
        ({ status }) => String(status),
        (error: NodeJS.ErrnoException) => String(error.code),
      )

    it('answers 429 with Retry-After in seconds, as a date, as nonsense, or without', async () => {
      const answer = { status: 429 }
      plan({
        api: 'flow-debug',
        script: [
          { answer: { ...answer, retryAfter: 2 } },
          { answer: { ...answer, retryAfter: { dateIn: '3s' } } },
          { answer: { ...answer, retryAfter: 'soon' } },
          { answer },
        ],
      })
      const [seconds, date, nonsense, absent] = [await debug(), await debug(), await debug(), await debug()]
      expect([seconds.status, date.status, nonsense.status, absent.status]).to.deep.equal([429, 429, 429, 429])
      expect(seconds.headers['retry-after']).to.equal('2')
      const ahead = Date.parse(date.headers['retry-after'] ?? '') - caller.emulator.settings.clock.date().getTime()
      expect(date.headers['retry-after']).to.match(/ GMT$/)
      expect(ahead).to.be.within(1_000, 3_000)
      expect(nonsense.headers['retry-after']).to.equal('soon')
      expect(absent.headers).not.to.have.property('retry-after')
      expect((await debug()).status).to.equal(200)
    })

    it('meets the first, every so-manieth, or chosen requests of an API', async () => {
      const answer = { status: 503 }
      const statuses = async (rule: FaultRule): Promise<number[]> => {
        plan({ ...rule, api: 'flow-debug' })
        const seen: number[] = []
        for (let count = 0; count < 6; count += 1) seen.push((await debug()).status)
        return seen
      }
      expect(await statuses({ first: 2, answer })).to.deep.equal([503, 503, 200, 200, 200, 200])
      expect(await statuses({ every: 3, answer })).to.deep.equal([200, 200, 503, 200, 200, 503])
      expect(await statuses({ at: [1, 4], answer })).to.deep.equal([503, 200, 200, 503, 200, 200])
      expect(await statuses({ answer })).to.deep.equal([503, 503, 503, 503, 503, 503])
      expect(await statuses({ rate: 0, answer })).to.deep.equal([200, 200, 200, 200, 200, 200])
      expect(await statuses({ rate: 1, answer })).to.deep.equal([503, 503, 503, 503, 503, 503])
    })

    it('leaves other APIs alone', async () => {
      plan({ api: ['flow-debug', 'token'], answer: { status: 500 } })
      expect((await caller.call('/api/v2/flows/main-menu', { token })).status).to.equal(200)
      expect((await caller.call('/oauth/token', { method: 'POST', body: '' })).status).to.equal(500)
    })

    it('answers anything without looking at the request, as text or as JSON', async () => {
      const headers = { 'X-Fixed': 'yes', 'content-type': 'text/plain' }
      plan({
        api: 'flow-debug',
        script: [{ answer: { status: 200, body: { path: ['a'] } } }, { answer: { status: 418, headers, body: 'tea' } }],
      })
      const json = await caller.call(DEBUG, { body: {} })
      expect([json.status, json.json()]).to.deep.equal([200, { path: ['a'] }])
      const text = await caller.call(DEBUG, { body: {} })
      expect([text.status, text.text, text.headers['x-fixed'], text.headers['content-type']]).to.deep.equal([
        418,
        'tea',
        'yes',
        'text/plain',
      ])
    })

    it('drops the connection before the answer, with and without doing what was asked', async () => {
      plan({ api: 'flow-compile', script: [{ drop: 'before-answer' }, { drop: 'before-answer', commit: true }] })
      expect(await codeOf(compile())).to.equal('ECONNRESET')
      expect(caller.emulator.history.jobs()).to.have.length(0)
      expect(await codeOf(compile())).to.equal('ECONNRESET')
      expect(caller.emulator.history.jobs()).to.have.length(1)
      const [first, second] = caller.emulator.history.requests('flow-compile')
      expect([first?.fault, second?.fault]).to.deep.equal(['drop before-answer', 'drop before-answer, commit'])
      expect(first).not.to.have.property('status')
    })

    it('answers 500 although it did what was asked', async () => {
      plan({ api: 'flow-compile', answer: { status: 500 }, commit: true })
      expect((await compile()).status).to.equal(500)
      expect(caller.emulator.history.jobs()).to.have.length(1)
    })

    it('drops the connection in the middle of the body', async () => {
      plan({ api: 'flow-compile', drop: 'mid-body' })
      expect(await codeOf(compile())).to.equal('ECONNRESET')
      expect(caller.emulator.history.jobs()).to.have.length(1)
    })

    it('cuts the body, or sends something that is no JSON', async () => {
      const whole = (await debug()).text
      plan({ api: 'flow-debug', script: [{ body: 'truncated' }, { body: 'not-json' }, { body: 'html' }, { body: 'empty' }] })
      const [truncated, notJson, html, empty] = [await debug(), await debug(), await debug(), await debug()]
      expect([truncated.status, notJson.status, html.status, empty.status]).to.deep.equal([200, 200, 200, 200])
      expect(truncated.text).to.equal(whole.slice(0, Math.floor(whole.length / 2)))
      for (const answer of [truncated, notJson, html, empty]) expect(() => answer.json()).to.throw(SyntaxError)
      expect(html.headers['content-type']).to.match(/^text\/html/)
      expect(empty.headers['content-length']).to.equal('0')
    })

    it('changes single fields of the real answer', async () => {
      plan({ api: 'token', merge: { expires_in: 'soon', scope: null } })
      const spoilt = await caller.token()
      expect((await caller.call('/api/v2/flows/main-menu', { token: spoilt })).status).to.equal(200)
      const merge = { variables: { extra: { deep: 1 } }, exitNode: null, path: ['x'] }
      plan({ api: 'flow-debug', merge })
      const body = (await debug()).json()
      expect(body).to.deep.include({ variables: { selected_option: '1', extra: { deep: 1 } }, path: ['x'] })
      expect(body).not.to.have.property('exitNode')
    })

    it('takes its time', async () => {
      plan({ api: 'flow-debug', delay: '40ms' })
      expect((await debug()).status).to.equal(200)
      const [entry] = caller.emulator.history.requests('flow-debug')
      expect((entry?.answeredAtMs ?? 0) - (entry?.receivedAtMs ?? 0)).to.be.at.least(39)
    })

    it('lets the body trickle', async () => {
      const { clock } = caller.emulator.settings
      plan({ api: 'flow-debug', answer: { status: 200, body: '0123456789' }, drip: { bytes: 3, every: '15ms' } })
      const startMs = clock.now()
      expect((await debug()).text).to.equal('0123456789')
      // A timer may be a millisecond early.
      expect(clock.now() - startMs).to.be.at.least(42)
    })

    for (const end of ['expired', 'revoked'] as const) {
      it(`answers 401 from then on where the token is ${end}`, async () => {
        plan({ api: 'flow-debug', at: [2], token: end })
        const statuses = [(await debug()).status, (await debug()).status, (await debug()).status]
        expect(statuses).to.deep.equal([200, 401, 401])
        expect((await debug()).headers['www-authenticate']).to.include(`the access token is ${end}`)
        token = await caller.token()
        expect((await debug()).status).to.equal(200)
      })
    }

    it('starts jobs that are stuck, that go back, or that answer from a list', async () => {
      const jobs: readonly (readonly [Effect['job'], readonly string[]])[] = [
        ['stuck', ['QUEUED', 'IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS']],
        ['backward', ['IN_PROGRESS', 'QUEUED', 'QUEUED', 'QUEUED']],
        [{ statuses: ['QUEUED', 'PAUSED', 'COMPLETED'] }, ['QUEUED', 'PAUSED', 'COMPLETED', 'COMPLETED']],
      ]
      for (const [job, expected] of jobs) {
        plan({ api: 'flow-compile', ...(job && { job }) })
        const started = (await compile()).headers['location'] ?? ''
        const statuses: Json[] = []
        for (let check = 0; check < 4; check += 1) statuses.push((await caller.call(started, { token })).json()['status'] ?? null)
        expect(statuses).to.deep.equal(expected)
      }
    })

    it('asks the rules in their order, and each counts for itself', async () => {
      plan(
        { api: 'flow-debug', at: [1], answer: { status: 500 } },
        { at: [2], answer: { status: 502 } },
        { api: 'flow-debug', first: 3, answer: { status: 504 } },
      )
      const statuses = [await debug(), await debug(), await debug(), await debug()].map(({ status }) => status)
      expect(statuses).to.deep.equal([500, 502, 504, 200])
    })
  })
}
