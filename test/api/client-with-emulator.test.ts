import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { ApiTarget, RequestLimits } from '../../src/api/client-options.ts'
import { createClient } from '../../src/api/create-client.ts'
import { getFlow } from '../../src/api/resources/flow.ts'
import { getCompilation, startCompilation } from '../../src/api/resources/flow-compile.ts'
import { type DebugRequest, debugFlow } from '../../src/api/resources/flow-debug.ts'
import type { Send, Transport } from '../../src/api/send.ts'
import { undiciTransport } from '../../src/api/undici-transport.ts'
import { createEmulator, type Emulator } from '../../src/emulator/emulator.ts'
import { serve } from '../../src/emulator/http/serve.ts'
import { IN_MEMORY_BASE_URL, inMemory } from '../../src/emulator/in-memory.ts'
import { DEFAULT_CLIENT, type EmulatorOptions } from '../../src/emulator/options.ts'
import type { Clock } from '../../src/model/clock.ts'
import { testFlows } from '../emulator/flows.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { realClock } from '../support/real-clock.ts'
import { problemOf } from './support/client-under-test.ts'

const DEBUG: DebugRequest = { flowId: 'main-menu', input: { dtmf: '1' }, options: { trace: true, includeVariables: true, maxLoops: 50 } }

interface Reached {
  readonly emulator: Emulator
  readonly baseUrl: string
  readonly transport: Transport
  readonly clock: Clock
  readonly close: () => Promise<unknown>
}

async function inMemoryEmulator(options: Partial<EmulatorOptions>): Promise<Reached> {
  const clock = new FakeClock({ auto: true })
  const emulator = createEmulator({ flows: testFlows(), clock, ...options })
  return { emulator, clock, baseUrl: IN_MEMORY_BASE_URL, transport: inMemory(emulator), close: async () => {} }
}

async function emulatorOnAPort(options: Partial<EmulatorOptions>): Promise<Reached> {
  const emulator = createEmulator({ flows: testFlows(), clock: realClock, ...options })
  const server = await serve(emulator)
  const timeouts = { connectMs: 2000, headersMs: 5000, bodyMs: 5000 }
  const transport = await undiciTransport({ clock: realClock, timeouts, answerBytes: 1_000_000 })
  return { emulator, clock: realClock, baseUrl: server.url, transport, close: () => Promise.all([transport.close(), server.close()]) }
}

function connect(reached: Reached, target: Partial<ApiTarget> = {}, limits: Partial<RequestLimits> = {}): Send {
  const { baseUrl, transport, clock } = reached
  const client = createClient({
    target: {
      name: 'emulator',
      baseUrl,
      tokenUrl: `${baseUrl}/oauth/token`,
      clientAuthentication: 'basic',
      grantIn: 'body',
      clientId: DEFAULT_CLIENT.id,
      clientSecret: DEFAULT_CLIENT.secret,
      ...target,
    },
    limits: { requestsAtOnce: 8, apis: {}, ...limits },
    timeouts: { callMs: 30_000 },
    clock,
    random: () => 0.1,
    transport,
    correlationId: randomUUID,
    userAgent: 'cxspec/0.0.0',
  })
  return client.with({ signal: new AbortController().signal, observe: () => {} })
}

for (const [where, reach] of [
  ['in memory', inMemoryEmulator],
  ['over HTTP', emulatorOnAPort],
] as const) {
  describe(`a client with the emulator ${where}`, () => {
    let reached: Reached

    async function emulate(options: Partial<EmulatorOptions> = {}): Promise<Reached> {
      reached = await reach(options)
      return reached
    }

    afterEach(() => reached.close())

    for (const clientAuthentication of ['basic', 'form'] as const) {
      for (const grantIn of ['body', 'query'] as const) {
        for (const scope of [undefined, 'flow:debug flow:read']) {
          it(`gets a token by ${clientAuthentication}, grant in the ${grantIn}, ${scope ? 'with' : 'without'} scope`, async () => {
            const send = connect(await emulate(), { clientAuthentication, grantIn, ...(scope !== undefined && { scope }) })
            expect((await debugFlow(send, DEBUG)).exitNode).to.equal('node_exit')
          })
        }
      }
    }

    it('debugs, reads and compiles a flow', async () => {
      const send = connect(await emulate())
      expect((await debugFlow(send, DEBUG)).path).to.deep.equal(['node_start', 'node_menu_1', 'node_route_sales', 'node_exit'])
      expect((await getFlow(send, 'main-menu')).flowId).to.equal('main-menu')
      const { compileId } = await startCompilation(send, { flowId: 'main-menu' })
      await reached.clock.sleep(400)
      expect((await getCompilation(send, 'main-menu', compileId)).status).to.equal('COMPLETED')
    })

    it('takes a broken flow for an answer', async () => {
      const result = await debugFlow(connect(await emulate()), { ...DEBUG, flowId: 'dead-end', input: { dtmf: '2' } })
      expect(result.broken).to.equal(true)
    })

    it('asks for one token for 50 calls that come together', async () => {
      const send = connect(await emulate())
      await Promise.all(Array.from({ length: 50 }, () => getFlow(send, 'main-menu')))
      expect(reached.emulator.history.requests('token')).to.have.length(1)
    })

    it('goes on when its tokens are revoked in mid-run', async () => {
      const send = connect(await emulate())
      for (let call = 0; call < 5; call += 1) {
        reached.emulator.revokeTokens()
        await Promise.all(Array.from({ length: 8 }, () => getFlow(send, 'main-menu')))
      }
      expect(reached.emulator.history.requests('token')).to.have.length(5)
    })

    it('starts one job where the start was done and its answer lost', async () => {
      const faults = { faults: [{ api: 'flow-compile', drop: 'before-answer', commit: true }] } as const
      const problem = await problemOf(startCompilation(connect(await emulate({ faults })), { flowId: 'main-menu' }))
      expect(problem.code).to.equal('UNKNOWN_OUTCOME')
      expect(reached.emulator.history.jobs()).to.have.length(1)
    })

    it('gets through single faults of every kind', async () => {
      const script = [
        { answer: { status: 503 } },
        'ok',
        { answer: { status: 429, retryAfter: 0 } },
        { drop: 'before-answer' },
        'ok',
        { drop: 'mid-body' },
        { token: 'expired' },
        'ok',
      ] as const
      const send = connect(await emulate({ faults: { faults: [{ api: 'flow-read', script }] } }))
      for (let call = 0; call < 4; call += 1) expect((await getFlow(send, 'main-menu')).flowId).to.equal('main-menu')
    })

    for (const body of ['truncated', 'not-json', 'html', 'empty'] as const) {
      it(`calls a body that is ${body} a protocol error`, async () => {
        const problem = await problemOf(getFlow(connect(await emulate({ faults: { faults: [{ api: 'flow-read', body }] } })), 'main-menu'))
        expect(problem.code).to.equal('PROTOCOL_ERROR')
        expect(problem.details).to.include({ status: 200, method: 'GET' })
      })
    }

    it('names wrong credentials once, and asks no more', async () => {
      const send = connect(await emulate(), { clientSecret: 'wrong' })
      const problems = await Promise.all(Array.from({ length: 20 }, () => problemOf(getFlow(send, 'main-menu'))))
      expect(new Set(problems.map(({ code }) => code))).to.deep.equal(new Set(['AUTHENTICATION_FAILED']))
      expect(reached.emulator.history.requests()).to.have.length(1)
    })

    it('is within the limits of the tenant in every window', async () => {
      const apis = { 'flow-read': { perSecond: 10 }, 'flow-debug': { spacingMs: 200 }, 'flow-compile-status': { atOnce: 3 } }
      const send = connect(await emulate(), {}, { apis })
      const { compileId } = await startCompilation(send, { flowId: 'main-menu' })
      await Promise.all([
        ...Array.from({ length: 25 }, () => getFlow(send, 'main-menu')),
        ...Array.from({ length: 6 }, () => debugFlow(send, DEBUG)),
        ...Array.from({ length: 20 }, () => getCompilation(send, 'main-menu', compileId)),
      ])
      const { history } = reached.emulator
      expect(history.largestWindow('flow-read', 1000)).to.be.at.most(10)
      expect(history.largestWindow('flow-debug', 200)).to.equal(1)
      expect(history.largestAtOnce('flow-compile-status')).to.be.at.most(3)
      expect(history.requests().filter(({ status }) => status === 429)).to.be.empty
    })
  })
}
