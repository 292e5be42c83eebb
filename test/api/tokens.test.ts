import { expect } from 'chai'
import type { HttpAnswer, HttpRequest } from '../../src/api/send.ts'
import { clientUnderTest, DEBUG, delays, problemOf, READ, TARGET } from './support/client-under-test.ts'
import { json, memoryTarget, networkError, type Script, text } from './support/memory-target.ts'

const OK = json(200, { flowId: 'main' })

/** Accepts only the tokens that `isGood` says are good at the time of the request. */
function guarded(isGood: (token: string) => boolean): Script {
  return (request) => (isGood(tokenOf(request)) ? OK : json(401, { error: 'invalid_token' }))
}

function tokenOf(request: HttpRequest | undefined): string {
  return request?.headers['authorization']?.replace('Bearer ', '') ?? ''
}

describe('tokens', () => {
  it('are asked for once by 50 calls that come together', async () => {
    const target = memoryTarget([OK])
    const { send } = clientUnderTest(target)
    await Promise.all(Array.from({ length: 50 }, () => send(READ)))
    expect(target.tokenRequests).to.have.length(1)
    expect(target.requests.map(tokenOf)).to.deep.equal(Array(50).fill('token-1'))
  })

  it('are renewed once, and the calls replayed once each, when the target revokes them', async () => {
    const target = memoryTarget([guarded((token) => token === 'token-2')])
    const { send, events } = clientUnderTest(target)
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(DEBUG)))
    expect(answers.map((answer) => answer.attempts)).to.deep.equal(Array(8).fill(2))
    expect(target.tokenRequests).to.have.length(2)
    expect(events.filter((event) => event.type === 'request-retried')[0]).to.include({ delayMs: 0, reason: '401, the token is renewed' })
  })

  for (let revokedAt = 0; revokedAt < 6; revokedAt += 1) {
    it(`survive being revoked at call ${revokedAt} of a run`, async () => {
      const target = memoryTarget([(_request, index) => (index === revokedAt ? json(401, {}) : OK)])
      const { send } = clientUnderTest(target)
      for (let call = 0; call < 6; call += 1) expect((await send(READ)).status).to.equal(200)
      expect(target.tokenRequests).to.have.length(2)
      expect(target.requests).to.have.length(7)
    })
  }

  it('that are refused when fresh end in one error for the whole target', async () => {
    const target = memoryTarget([json(401, { error: 'invalid_token', error_description: 'unknown issuer' })])
    const { send } = clientUnderTest(target)
    const first = await problemOf(send(READ))
    expect(first).to.include({ code: 'AUTHENTICATION_FAILED', blocks: 'target' })
    expect(first.message).to.include('client-7').and.include('unknown issuer')
    const second = await problemOf(send(DEBUG))
    expect(second.code).to.equal('AUTHENTICATION_FAILED')
    expect(target.requests).to.have.length(2)
    expect(target.tokenRequests).to.have.length(2)
  })

  it('are renewed a minute before an hour is over, however the time of day jumps', async () => {
    const target = memoryTarget([OK])
    const { send, clock } = clientUnderTest(target, { manual: true })
    clock.date = () => new Date(8.64e15)
    await send(READ)
    await clock.advance(3_539_000)
    await send(READ)
    expect(target.tokenRequests).to.have.length(1)
    await clock.advance(1000)
    await send(READ)
    expect(target.tokenRequests).to.have.length(2)
  })

  for (const expiresIn of [undefined, null, 0, -5, 'soon', '', 5, '5', 1e12, {}, 1e-9]) {
    it(`with expires_in ${JSON.stringify(expiresIn)} are asked for a few times in a minute at most`, async () => {
      const token = json(200, { access_token: 'token', ...(expiresIn !== undefined && { expires_in: expiresIn }) })
      const target = memoryTarget([OK], [token])
      const { send, clock } = clientUnderTest(target, { manual: true })
      for (let call = 0; call < 600; call += 1) {
        await send(READ)
        await clock.advance(100)
      }
      expect(target.tokenRequests.length).to.be.within(1, 70)
    })
  }

  it('that cannot be renewed yet are used to their end', async () => {
    const down = networkError('ECONNREFUSED')
    const target = memoryTarget(
      [OK],
      [json(200, { access_token: 'first', expires_in: 3600 }), down, down, down, json(200, { access_token: 'second' })],
    )
    const { send, clock } = clientUnderTest(target)
    await send(READ)
    await clock.advance(3_541_000)
    await send(READ)
    expect(target.requests.map(tokenOf)).to.deep.equal(['first', 'first'])
    await clock.advance(6000)
    await send(READ)
    expect(tokenOf(target.requests[2])).to.equal('second')
  })

  it('are asked for again, with the waits told to the call, while the token endpoint is busy', async () => {
    const target = memoryTarget([OK], [json(503, {}), json(200, { access_token: 'late', expires_in: 3600 })])
    const { send, events } = clientUnderTest(target)
    await send(READ)
    expect(delays(events)).to.deep.equal([1000])
    expect(events[1]).to.include({ type: 'request-retried', reason: 'token: 503', attempt: 1 })
  })

  it('that cannot be had end each waiting call, and are not asked for once per call', async () => {
    const target = memoryTarget([OK], [networkError('ECONNREFUSED')])
    const { send } = clientUnderTest(target)
    const problems = await Promise.all(Array.from({ length: 8 }, () => problemOf(send(READ))))
    expect(problems.map((problem) => problem.code)).to.deep.equal(Array(8).fill('TARGET_UNREACHABLE'))
    expect(target.tokenRequests).to.have.length(3)
    expect(target.requests).to.be.empty
  })

  describe('with wrong credentials', () => {
    for (const status of [400, 401, 403]) {
      it(`(${status}) are asked for once; the error names client and endpoint, never the secret`, async () => {
        const target = memoryTarget([OK], [json(status, { error: 'invalid_client', error_description: 'no such client: s3cret-value' })])
        const { send } = clientUnderTest(target, { mask: (text) => text.replaceAll('s3cret-value', '***') })
        const problems = await Promise.all([problemOf(send(READ)), problemOf(send(DEBUG))])
        problems.push(await problemOf(send(READ)))
        for (const problem of problems) {
          expect(problem).to.include({ code: 'AUTHENTICATION_FAILED', blocks: 'target' })
          expect(problem.message).to.include('client-7').and.include('http://api.internal/oauth/token').and.include('no such client: ***')
          expect(JSON.stringify(problem)).not.to.include('s3cret')
        }
        expect(target.tokenRequests).to.have.length(1)
        expect(target.requests).to.be.empty
      })
    }
  })

  describe('in an answer that makes no sense', () => {
    const answers: readonly (readonly [string, HttpAnswer])[] = [
      ['HTML', text(200, '<html>tok-en-1</html>')],
      ['nothing', text(200, '')],
      ['a cut-off object', text(200, '{"access_token":"tok-en-1')],
      ['a number', json(200, { access_token: 7, other: 'tok-en-1' })],
      ['a token with a line break', json(200, { access_token: 'tok-en-1\r\nx: y' })],
      ['an empty token', json(200, { access_token: '', id_token: 'tok-en-1' })],
      ['a list', json(200, ['tok-en-1'])],
    ]
    for (const [name, answer] of answers) {
      it(`(${name}) end in a protocol error that shows nothing of the body`, async () => {
        const problem = await problemOf(clientUnderTest(memoryTarget([OK], [answer])).send(READ))
        expect(problem).to.include({ code: 'PROTOCOL_ERROR', blocks: 'target' })
        expect(JSON.stringify(problem)).not.to.include('tok-en')
        expect(problem.message).to.include('http://api.internal/oauth/token')
        expect(problem.advice ?? '').not.to.include('excerpt')
      })
    }

    it('(a redirect) are not looked for elsewhere', async () => {
      const target = memoryTarget([OK], [text(302, '', { location: 'http://evil.example/token' })])
      const problem = await problemOf(clientUnderTest(target).send(READ))
      expect(problem).to.include({ code: 'REDIRECTED', blocks: 'target' })
      expect(problem.message).to.include('http://evil.example/token')
      expect(target.tokenRequests).to.have.length(1)
    })
  })

  it('and credentials are told to whoever masks output before they are used', async () => {
    const secrets: string[] = []
    const target = memoryTarget([
      () => {
        expect(secrets).to.include('token-1')
        return OK
      },
    ])
    await clientUnderTest(target, { onSecret: (secret) => secrets.push(secret) }).send(READ)
    expect(secrets).to.include(Buffer.from('client-7:s3cret-value').toString('base64'))
  })

  it('are waited for no longer than the signal allows', async () => {
    const target = memoryTarget([OK], [() => new Promise(() => {})])
    const { send, controller } = clientUnderTest(target, { manual: true })
    const answer = send(READ)
    controller.abort(new Error('stop'))
    expect(await answer.catch((error: Error) => error.message)).to.equal('stop')
  })

  it('are waited for no longer than the call may take', async () => {
    const target = memoryTarget([OK], [() => new Promise(() => {})])
    const { with: bind, clock } = clientUnderTest(target)
    expect(await problemOf(bind({ deadlineAtMs: 2000 })(READ))).to.include({ code: 'TIMEOUT' })
    expect(clock.now()).to.equal(2000)
  })

  it('are asked for by the one call that probes whether a target is back', async () => {
    const down = networkError('ECONNREFUSED')
    const isUp = { now: false }
    const target = memoryTarget([() => (isUp.now ? OK : down)], [() => (isUp.now ? json(200, { access_token: 'new' }) : down)])
    const { send, clock } = clientUnderTest(target)
    let problem = await problemOf(send(READ))
    for (let call = 0; call < 20 && problem.code !== 'PLATFORM_UNAVAILABLE'; call += 1) problem = await problemOf(send(READ))
    expect(problem.code).to.equal('PLATFORM_UNAVAILABLE')
    isUp.now = true
    await clock.advance(30_000)
    expect((await send(READ)).status).to.equal(200)
  })

  it('go to no host but the one that is configured', async () => {
    const target = memoryTarget([OK])
    await clientUnderTest(target).send(READ)
    expect(new URL(target.requests[0]?.url ?? '').origin).to.equal(TARGET.baseUrl)
    const error = await clientUnderTest(target)
      .send({ ...READ, path: '@evil.example/' })
      .catch((reason: Error) => reason)
    expect(error).to.be.instanceOf(Error)
    expect(target.requests).to.have.length(1)
  })
})

describe('403', () => {
  it('names the client, the endpoint and the scopes, is not repeated, and is remembered for that API only', async () => {
    const target = memoryTarget([(request) => (request.url.endsWith('/debug') ? json(403, { message: 'insufficient scope' }) : OK)])
    const { send, events } = clientUnderTest(target)
    const problem = await problemOf(send(DEBUG))
    expect(problem).to.deep.include({ code: 'FORBIDDEN', blocks: { api: 'flow-debug' } })
    expect(problem.message)
      .to.include('client-7')
      .and.include('POST /api/v2/flows/debug')
      .and.include('flow:debug and flow:read')
      .and.include('insufficient scope')
    expect((await problemOf(send(DEBUG))).code).to.equal('FORBIDDEN')
    expect(target.requests).to.have.length(1)
    expect(events.at(-1)).to.include({ type: 'request-failed', attempts: 0 })
    expect((await send(READ)).status).to.equal(200)
  })
})
