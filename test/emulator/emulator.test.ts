import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts'
import type { EmulatorAnswer } from '../../src/emulator/exchange.ts'
import { OPERATIONS } from '../../src/emulator/operations.ts'
import { DEFAULT_CLIENT, type EmulatorOptions } from '../../src/emulator/options.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { testFlows } from './flows.ts'

const FLOW = '/api/v2/flows/main-menu'

interface Started {
  readonly emulator: Emulator
  readonly clock: FakeClock
  readonly ask: (method: string, url: string, body?: string) => Promise<EmulatorAnswer>
}

/** An emulator whose clock stands still unless told to move; `ask` has a token. */
async function start(options: Partial<EmulatorOptions> = {}): Promise<Started> {
  const clock = new FakeClock()
  const emulator = createEmulator({ flows: testFlows(), clock, ...options })
  const { id, secret } = options.clients?.[0] ?? DEFAULT_CLIENT
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
  const answer = await emulator.handle({ method: 'POST', url: '/oauth/token?grant_type=client_credentials', headers: { authorization } })
  const headers = { authorization: `Bearer ${JSON.parse(answer.body).access_token}` }
  return { emulator, clock, ask: (method, url, body) => emulator.handle({ method, url, headers, body }) }
}

describe('createEmulator', () => {
  it('lets a token live as long as it says', async () => {
    const { clock, ask } = await start({ tokenLifetimeS: 10 })
    await clock.advance(9_999)
    expect((await ask('GET', FLOW)).status).to.equal(200)
    await clock.advance(1)
    const late = await ask('GET', FLOW)
    expect(late.status).to.equal(401)
    expect(late.headers['www-authenticate']).to.include('expired')
  })

  it('knows the clients that it was told, each with its scopes, and no other', async () => {
    const { emulator, ask } = await start({ clients: [{ id: 'reader', secret: 'r', scopes: ['flow:read'] }] })
    expect((await ask('GET', FLOW)).status).to.equal(200)
    expect((await ask('POST', `${FLOW}/compile`)).status).to.equal(403)
    const authorization = `Basic ${Buffer.from(`${DEFAULT_CLIENT.id}:${DEFAULT_CLIENT.secret}`).toString('base64')}`
    const other = await emulator.handle({ method: 'POST', url: '/oauth/token?grant_type=client_credentials', headers: { authorization } })
    expect(other.status).to.equal(401)
  })

  it('moves a job at the times that it was told', async () => {
    const { clock, ask } = await start({ compile: { queuedMs: 100, inProgressMs: 1_000 }, latenciesMs: { 'flow-compile-status': 0 } })
    const url = (await ask('POST', `${FLOW}/compile`)).headers['location'] ?? ''
    const statusNow = async (): Promise<string> => JSON.parse((await ask('GET', url)).body).status
    expect(await statusNow()).to.equal('QUEUED')
    await clock.advance(100)
    expect(await statusNow()).to.equal('IN_PROGRESS')
    await clock.advance(999)
    expect(await statusNow()).to.equal('IN_PROGRESS')
    await clock.advance(1)
    expect(await statusNow()).to.equal('COMPLETED')
  })

  it('keeps the limits of a tenant for each API', async () => {
    const { clock, ask } = await start({ limits: { 'flow-read': { spacingMs: 2_000 } } })
    expect((await ask('GET', FLOW)).status).to.equal(200)
    expect((await ask('GET', FLOW)).headers['retry-after']).to.equal('2')
    expect((await ask('POST', `${FLOW}/compile`)).status).to.equal(201)
    await clock.advance(2_000)
    expect((await ask('GET', FLOW)).status).to.equal(200)
  })

  it('gives the place of a status check back where the client goes away', async () => {
    const { emulator, clock, ask } = await start({ compile: { queuedMs: 0, inProgressMs: 0 } })
    const url = (await ask('POST', `${FLOW}/compile`)).headers['location'] ?? ''
    const gone = new AbortController()
    const headers = { authorization: `Bearer ${await tokenOf(emulator)}` }
    const left = [1, 2, 3].map(() =>
      emulator.handle({ method: 'GET', url, headers, signal: gone.signal }).catch((reason: unknown) => reason),
    )
    expect((await ask('GET', url)).status).to.equal(429)
    gone.abort('enough')
    expect(await Promise.all(left)).to.deep.equal(['enough', 'enough', 'enough'])
    const asked = ask('GET', url)
    await clock.advance(20)
    expect((await asked).status).to.equal(200)
    expect(emulator.history.largestAtOnce('flow-compile-status')).to.equal(4)
  })

  it('answers whatever it is asked, with a status and, where it refuses, with a reason', async () => {
    const { emulator } = await start()
    const path = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...OPERATIONS.flatMap(({ paths }) => paths)), fc.webPath())
    const headers = fc.dictionary(fc.constantFrom('authorization', 'content-type', 'content-encoding', 'x-correlation-id'), fc.string())
    const body = fc.option(fc.oneof(fc.string(), fc.json(), fc.uint8Array()), { nil: undefined })
    const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'get', '')
    await fc.assert(
      fc.asyncProperty(method, path, headers, body, async (method, url, headers, body) => {
        const answer = await emulator.handle({ method, url, headers, body })
        expect(answer.status).to.be.within(200, 499)
        if (answer.status >= 400 && answer.body !== '') expect(JSON.parse(answer.body)).to.have.property('error')
      }),
      { numRuns: 500 },
    )
  })

  it('answers 400 to a body that is not UTF-8', async () => {
    const { emulator } = await start()
    const headers = { authorization: `Bearer ${await tokenOf(emulator)}` }
    const answer = await emulator.handle({ method: 'POST', url: '/api/v2/flows/debug', headers, body: Uint8Array.of(0x22, 0xff, 0x22) })
    expect([answer.status, JSON.parse(answer.body).message]).to.deep.equal([400, 'the body is not valid UTF-8'])
  })

  it('keeps the beginning of a body in the history', async () => {
    const { emulator, ask } = await start()
    await ask('POST', '/api/v2/flows/debug', 'x'.repeat(5_000))
    expect(emulator.history.requests('flow-debug')[0]?.body).to.equal('x'.repeat(2_000))
  })

  it('serves the APIs that a fault plan can name', () => {
    const schema = JSON.parse(readFileSync(new URL('../../schemas/emulator-faults.schema.json', import.meta.url), 'utf8'))
    const served = new Set(OPERATIONS.filter(({ access }) => access !== 'local').map(({ api }) => api))
    expect(schema.definitions.api.enum).to.have.members([...served, 'unknown'])
  })
})

async function tokenOf(emulator: Emulator): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: DEFAULT_CLIENT.id, client_secret: DEFAULT_CLIENT.secret })
  const answer = await emulator.handle({ method: 'POST', url: '/oauth/token', headers: {}, body: body.toString() })
  return JSON.parse(answer.body).access_token
}
