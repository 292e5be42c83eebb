import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { createClient } from '../../src/api/create-client.ts'
import type { Client, Send } from '../../src/api/send.ts'
import { undiciTransport } from '../../src/api/undici-transport.ts'
import { realClock } from '../support/real-clock.ts'
import { DEBUG, problemOf, READ, START, TARGET } from './support/client-under-test.ts'
import { answer, type Behaviour, type RawServer, rawServer } from './support/raw-server.ts'

const TOKEN = answer(JSON.stringify({ access_token: 'token-1', expires_in: 3600 }))
const OK = answer('{"flowId":"main"}')

/** Hands out tokens, and leaves everything else to `behave`. */
function withTokens(behave: Behaviour): Behaviour {
  return (socket, request, count) => {
    if (request.startsWith('POST /oauth/token')) socket.write(TOKEN)
    else behave(socket, request, count)
  }
}

describe('a client over HTTP', () => {
  const open: { readonly close: () => Promise<void> }[] = []

  afterEach(async () => {
    for (const item of open.splice(0)) await item.close()
  })

  async function serve(behave: Behaviour): Promise<RawServer> {
    const server = await rawServer(behave)
    open.unshift(server)
    return server
  }

  async function connect(server: RawServer, callMs = 5000): Promise<Client> {
    const transport = await undiciTransport({
      clock: realClock,
      timeouts: { connectMs: 2000, headersMs: 3000, bodyMs: 3000 },
      answerBytes: 1_000_000,
    })
    const client = createClient({
      target: { ...TARGET, baseUrl: server.url, tokenUrl: `${server.url}/oauth/token` },
      limits: { requestsAtOnce: 8, apis: {} },
      timeouts: { callMs },
      clock: realClock,
      random: () => 0,
      transport,
      correlationId: randomUUID,
      userAgent: 'cxspec/0.0.0',
    })
    open.unshift(client)
    return client
  }

  function sendOf(client: Client, signal = new AbortController().signal): Send {
    return client.with({ signal, observe: () => {} })
  }

  it('answers a hundred calls with one token over few connections', async () => {
    const server = await serve(withTokens((socket) => socket.write(OK)))
    const send = sendOf(await connect(server))
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(READ)))
    expect(answers.every(({ status }) => status === 200)).to.equal(true)
    expect(server.requests.filter((request) => request.startsWith('POST /oauth/token'))).to.have.length(1)
    expect(server.connections()).to.be.at.most(16)
  })

  it('takes its token to no other server, whatever it is redirected to', async () => {
    const other = await serve((socket) => socket.write(OK))
    for (const status of ['301 Moved', '302 Found', '303 See Other', '307 Temporary Redirect', '308 Permanent Redirect']) {
      const server = await serve(withTokens((socket) => socket.write(answer('', { Location: `${other.url}/api` }, status))))
      expect((await problemOf(sendOf(await connect(server))(READ))).code).to.equal('REDIRECTED')
    }
    expect(other.requests).to.be.empty
  })

  it('repeats a call whose connection broke in the middle of the body', async () => {
    const cutOff = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"flowId":'
    const server = await serve(withTokens((socket, _request, count) => (count === 1 ? socket.end(cutOff) : socket.write(OK))))
    expect((await sendOf(await connect(server))(READ)).attempts).to.equal(2)
  })

  it('calls an answer that is always cut off a protocol error, with what came', async () => {
    const server = await serve(withTokens((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"flowId":')))
    const problem = await problemOf(sendOf(await connect(server))(READ))
    expect(problem).to.include({ code: 'PROTOCOL_ERROR' })
    expect(problem.details).to.include({ status: 200, excerpt: '{"flowId":', attempts: 3 })
  })

  it('never sends the start of a job twice once it was seen', async () => {
    const server = await serve(withTokens((socket) => socket.resetAndDestroy()))
    expect((await problemOf(sendOf(await connect(server))(START))).code).to.equal('UNKNOWN_OUTCOME')
    expect(server.requests.filter((request) => request.includes('/compile'))).to.have.length(1)
  })

  it('ends a call that drips at its limit', async () => {
    const server = await serve(
      withTokens((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
        const drip = setInterval(() => (socket.destroyed ? clearInterval(drip) : socket.write(' ')), 20)
      }),
    )
    const startedAtMs = performance.now()
    expect((await problemOf(sendOf(await connect(server, 400))(DEBUG))).code).to.equal('TIMEOUT')
    expect(performance.now() - startedAtMs).to.be.within(390, 1000)
  })

  for (const [phase, behave] of [
    ['waits for headers', () => {}],
    ['reads a body', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n ')],
    ['waits before another attempt', (socket) => socket.write(answer('{}', { 'Retry-After': '4' }, '503 Busy'))],
  ] as readonly (readonly [string, Behaviour])[]) {
    it(`sees an abort within 100 ms while it ${phase}`, async () => {
      const server = await serve(withTokens(behave))
      const controller = new AbortController()
      const call = sendOf(await connect(server), controller.signal)(READ).catch((error: unknown) => error)
      await realClock.sleep(150)
      const abortedAtMs = performance.now()
      controller.abort(new Error('interrupted'))
      expect(await call).to.have.property('message', 'interrupted')
      expect(performance.now() - abortedAtMs).to.be.below(100)
    })
  }
})
