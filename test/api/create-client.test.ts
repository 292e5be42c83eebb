import { expect } from 'chai'
import type { HttpAnswer, RequestEvent } from '../../src/api/send.ts'
import type { ProblemCode } from '../../src/model/problem.ts'
import { clientUnderTest, DEBUG, problemOf, READ, START } from './support/client-under-test.ts'
import { json, memoryTarget, text } from './support/memory-target.ts'

const OK = json(200, { flowId: 'main' })

describe('createClient', () => {
  it('sends the token, a correlation id of its own for each request, and who it is', async () => {
    const target = memoryTarget([OK])
    const { send } = clientUnderTest(target)
    await send(READ)
    await send({ ...DEBUG, headers: { 'if-match': '"1"', authorization: 'Bearer stolen' } })
    expect(target.requests[0]).to.deep.include({ method: 'GET', url: 'http://api.internal/api/v2/flows/main' })
    expect(target.requests[0]?.headers).to.include({
      authorization: 'Bearer token-1',
      'x-correlation-id': 'id-0',
      'user-agent': 'cxspec/0.0.0',
      accept: 'application/json',
    })
    expect(target.requests[0]).not.to.have.property('body')
    expect(target.requests[1]?.body).to.equal('{"flowId":"main"}')
    expect(target.requests[1]?.headers).to.include({
      'content-type': 'application/json',
      'if-match': '"1"',
      authorization: 'Bearer token-1',
    })
    expect(target.requests[1]?.headers['x-correlation-id']).not.to.equal('id-0')
  })

  it('sends the query', async () => {
    const target = memoryTarget([OK])
    await clientUnderTest(target).send({ ...READ, query: { page: '2', q: 'a&b' } })
    expect(target.requests[0]?.url).to.equal('http://api.internal/api/v2/flows/main?page=2&q=a%26b')
  })

  it('resolves with status, headers, body, latency, attempts and what it answers', async () => {
    const slow = async (): Promise<HttpAnswer> => {
      await test.clock.sleep(250)
      return json(200, { a: 1 }, { etag: '"7"' })
    }
    const test = clientUnderTest(memoryTarget([slow]))
    const answer = await test.send(READ)
    expect(answer).to.deep.include({ status: 200, body: { a: 1 }, latencyMs: 250, attempts: 1 })
    expect(answer.headers['etag']).to.equal('"7"')
    expect(answer.of).to.include({ method: 'GET', path: READ.path, correlationId: 'id-0' })
    expect(answer.of?.excerpt()).to.equal('{"a":1}')
  })

  it('resolves without a body where the answer has none', async () => {
    expect((await clientUnderTest(memoryTarget([text(204, '')])).send(READ)).body).to.equal(undefined)
  })

  it('tells the life of each request, numbered within its context', async () => {
    const { send, events, with: bind } = clientUnderTest(memoryTarget([json(500, {}), OK, json(404, {}), OK]))
    await send(READ)
    await problemOf(send(START))
    expect(events.map(({ type, request }) => `${request} ${type}`)).to.deep.equal([
      '0 request-intended',
      '0 request-retried',
      '0 request-answered',
      '1 request-intended',
      '1 request-failed',
    ])
    const read = { type: 'request-intended', request: 0, api: 'flow-read', method: 'GET', path: READ.path, correlationId: 'id-0' }
    expect(events[0]).to.deep.equal(read)
    expect(events[2]).to.include({ status: 200, attempts: 2, correlationId: 'id-0' })
    expect(events[3]).to.include({ startsJob: true })
    const others: RequestEvent[] = []
    await bind({ observe: (event) => others.push(event) })(READ)
    expect(others.map(({ request }) => request)).to.deep.equal([0, 0])
  })

  it('sends nothing where the intent cannot be kept', async () => {
    const target = memoryTarget([OK])
    const { with: bind } = clientUnderTest(target)
    const observe = (): void => {
      throw new Error('disk full')
    }
    const error = await bind({ observe })(START).catch((reason: Error) => reason.message)
    expect(error).to.equal('disk full')
    expect([...target.requests, ...target.tokenRequests]).to.be.empty
  })

  it('lets a bug in the transport through as it is', async () => {
    const bug = new TypeError('x is not a function')
    const { send } = clientUnderTest(memoryTarget([bug]))
    expect(await send(READ).catch((error: unknown) => error)).to.equal(bug)
  })

  describe('ends with', () => {
    const cases: readonly (readonly [number, ProblemCode])[] = [
      [302, 'REDIRECTED'],
      [304, 'REDIRECTED'],
      [400, 'REQUEST_REFUSED'],
      [404, 'NOT_FOUND'],
      [409, 'REQUEST_REFUSED'],
      [422, 'REQUEST_REFUSED'],
      [429, 'RATE_LIMITED'],
      [500, 'SERVER_ERROR'],
      [501, 'SERVER_ERROR'],
      [503, 'SERVER_ERROR'],
      [999, 'PROTOCOL_ERROR'],
    ]
    for (const [status, code] of cases) {
      it(`${code} on ${status}, with the server's reason, the status and an excerpt`, async () => {
        const { send } = clientUnderTest(memoryTarget([json(status, { detail: 'because of this' })]))
        const problem = await problemOf(send(READ))
        expect(problem.code).to.equal(code)
        expect(problem.message).to.include(`GET /api/v2/flows/main was answered ${status}`).and.include('because of this')
        expect(problem.details).to.include({ status, method: 'GET', excerpt: '{"detail":"because of this"}' })
      })
    }

    for (const [name, body] of [
      ['HTML', '<html>Sign in</html>'],
      ['cut-off JSON', '{"path":["a"'],
      ['JSON 20,000 levels deep', '['.repeat(20_000) + ']'.repeat(20_000)],
      ['a key that stands twice', '{"a":1,"a":2}'],
      ['blank space', ' \n'],
      ['bytes', '\u0000\u0001\u001b[31m'],
    ] as const) {
      it(`PROTOCOL_ERROR on a 200 with ${name}, at the first try`, async () => {
        const target = memoryTarget([text(200, body, { 'content-type': 'application/json' })])
        const problem = await problemOf(clientUnderTest(target).send(DEBUG))
        expect(problem.code).to.equal('PROTOCOL_ERROR')
        expect(problem.message).to.include('POST /api/v2/flows/debug was answered 200, but the body ')
        expect(problem.details).to.include({ status: 200, correlationId: 'id-0', attempts: 1 })
        const excerpt = String(problem.details?.['excerpt'])
        expect(Buffer.byteLength(excerpt)).to.be.at.most(200)
        expect(excerpt).not.to.match(/\p{Cc}/u)
        expect(target.requests).to.have.length(1)
      })
    }

    it('a word on the job where the answer to its start cannot be read', async () => {
      const problem = await problemOf(clientUnderTest(memoryTarget([text(201, '{"compileId":')])).send(START))
      expect(problem).to.include({ code: 'PROTOCOL_ERROR' })
      expect(problem.message).to.include('the job may have been started')
    })

    it('no secret that the server sends back', async () => {
      const { send } = clientUnderTest(memoryTarget([json(400, { detail: 'bad token token-1' })]), {
        mask: (value) => value.replaceAll('token-1', '***'),
      })
      expect(JSON.stringify(await problemOf(send(READ)))).not.to.include('token-1')
    })
  })

  describe('bounds', () => {
    it('a call by its time, even over a transport that never settles', async () => {
      const { send, clock } = clientUnderTest(memoryTarget([() => new Promise(() => {})]))
      const problem = await problemOf(send(READ))
      expect(problem.code).to.equal('TIMEOUT')
      expect(clock.now()).to.equal(60_000)
    })

    it('a call that starts a job in the same way, and says that its outcome is unknown', async () => {
      const { send } = clientUnderTest(memoryTarget([() => new Promise(() => {})]))
      expect((await problemOf(send(START))).code).to.equal('UNKNOWN_OUTCOME')
    })

    it('a call by the deadline of its step', async () => {
      const { with: bind, clock } = clientUnderTest(memoryTarget([() => new Promise(() => {})]))
      expect((await problemOf(bind({ deadlineAtMs: 1500 })(READ))).code).to.equal('TIMEOUT')
      expect(clock.now()).to.equal(1500)
    })

    it('not the time in which a call waits for its turn under our own limits', async () => {
      const target = memoryTarget([OK])
      const { send, clock } = clientUnderTest(target, { limits: { requestsAtOnce: 8, apis: { 'flow-read': { spacingMs: 50_000 } } } })
      const answers = await Promise.all([send(READ), send(READ), send(READ), send(READ)])
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200])
      expect(clock.now()).to.equal(150_000)
    })
  })

  it('gives up at once when the signal aborts, also over a transport that does not look at it', async () => {
    const { send, controller, clock } = clientUnderTest(memoryTarget([() => new Promise(() => {})]), { manual: true })
    const answers = Array.from({ length: 12 }, () => send(READ).catch((error: unknown) => error))
    await clock.advance(100)
    const reason = new Error('interrupted')
    controller.abort(reason)
    expect(await Promise.all(answers)).to.deep.equal(Array(12).fill(reason))
  })

  it('closes its transport', async () => {
    let closed = 0
    const { transport } = memoryTarget([OK])
    const closing = Object.assign(transport, {
      close: async () => {
        closed += 1
      },
    })
    const { client } = clientUnderTest({ transport: closing, requests: [], tokenRequests: [] })
    await client.close()
    expect(closed).to.equal(1)
  })
})
