import { connect } from 'node:net'
import { expect } from 'chai'
import { createEmulator, type Emulator } from '../../../src/emulator/emulator.ts'
import { type EmulatorServer, serve } from '../../../src/emulator/http/serve.ts'
import { FaultError } from '../../../src/model/fault.ts'
import { realClock } from '../../support/real-clock.ts'
import { testFlows } from '../flows.ts'

/** Sends raw bytes, piece by piece, and resolves with all that comes back until the other side closes. */
function exchange(port: number, ...pieces: readonly (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece)
    })
    let received = ''
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      received += text
    })
    socket.once('error', () => undefined)
    socket.once('close', () => resolve(received))
  })
}

function statusesOf(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))
}

const HEAD = 'Host: localhost\r\nConnection: close\r\n'

describe('serve', () => {
  let emulator: Emulator
  let server: EmulatorServer
  const bugs: unknown[] = []
  before(async () => {
    emulator = createEmulator({ flows: testFlows(), clock: realClock, maxBodyBytes: 10_000 })
    server = await serve(emulator, { headersTimeoutMs: 200, requestTimeoutMs: 400, closeGraceMs: 100, onBug: (error) => bugs.push(error) })
  })
  afterEach(async () => {
    emulator.setFaults({ faults: [] })
    const answer = await fetch(`${server.url}/emulator`)
    expect(answer.status, 'it goes on serving').to.equal(200)
    await answer.text()
    expect(bugs).to.deep.equal([])
  })
  after(() => server.close())

  it('listens at loopback on a free port', () => {
    expect(server.url).to.equal(`http://127.0.0.1:${server.port}`)
  })

  it('says that a port is taken', async () => {
    const error = await serve(emulator, { port: server.port }).catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(FaultError)
    expect(error).to.have.nested.property('faults[0].code', 'PORT_TAKEN')
    expect(String(error)).to.include(String(server.port))
  })

  it('says that it cannot listen at an address of another machine', async () => {
    const error = await serve(emulator, { host: '192.0.2.1' }).catch((reason: unknown) => reason)
    expect(error).to.have.nested.property('faults[0].code', 'CANNOT_LISTEN')
  })

  it('answers requests of one connection in their order', async () => {
    const keep = 'GET /emulator HTTP/1.1\r\nHost: localhost\r\n\r\n'
    expect(
      statusesOf(await exchange(server.port, `${keep}GET /a HTTP/1.1\r\nHost: localhost\r\n\r\nOPTIONS * HTTP/1.1\r\n${HEAD}\r\n`)),
    ).to.deep.equal([200, 404, 204])
  })

  it('takes the absolute form of a request target, and bodies in chunks', async () => {
    const received = await exchange(
      server.port,
      `POST http://localhost/oauth/token HTTP/1.1\r\n${HEAD}Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`,
      '1d\r\ngrant_type=client_credentials\r\n',
      '0\r\n\r\n',
    )
    expect(statusesOf(received)).to.deep.equal([401])
  })

  it('answers HEAD with the length and without the body', async () => {
    const received = await exchange(server.port, `HEAD /emulator HTTP/1.1\r\n${HEAD}\r\n`)
    expect(received).to.match(/content-length: [1-9]\d*\r\n/)
    expect(received.split('\r\n\r\n')[1]).to.equal('')
  })

  it('goes on where the client waits for 100 Continue', async () => {
    const head = `POST /oauth/token HTTP/1.1\r\n${HEAD}Expect: 100-continue\r\n`
    expect(statusesOf(await exchange(server.port, `${head}Content-Length: 29\r\n\r\n`, 'grant_type=client_credentials'))).to.deep.equal([
      100, 401,
    ])
    expect(statusesOf(await exchange(server.port, `${head}Content-Length: 10001\r\n\r\n`)).at(0)).to.equal(413)
  })

  const malformed = [
    ['no HTTP at all', 'hello world\r\n\r\n'],
    ['bytes without sense', Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10])],
    ['a request without Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    [
      'a length and chunks at once',
      `POST /oauth/token HTTP/1.1\r\n${HEAD}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['two lengths', `POST /oauth/token HTTP/1.1\r\n${HEAD}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`],
    ['a broken chunk', `POST /oauth/token HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ['a control character in a header', `GET / HTTP/1.1\r\n${HEAD}X-A: a\u0000b\r\n\r\n`],
    ['a header name with a space', `GET / HTTP/1.1\r\n${HEAD}X A: b\r\n\r\n`],
  ] as const
  for (const [name, bytes] of malformed) {
    it(`answers 400 to ${name}`, async () => {
      expect(statusesOf(await exchange(server.port, bytes))).to.deep.equal([400])
    })
  }

  it('answers 431 to headers without end', async () => {
    expect(statusesOf(await exchange(server.port, `GET / HTTP/1.1\r\n${HEAD}X-A: ${'a'.repeat(100_000)}\r\n\r\n`))).to.deep.equal([431])
  })

  it('answers 408 to headers that do not come to their end', async () => {
    expect(statusesOf(await exchange(server.port, 'GET / HTTP/1.1\r\nHost: loc'))).to.deep.equal([408])
  })

  it('answers 408 to a body that does not come to its end', async () => {
    expect(statusesOf(await exchange(server.port, `POST /oauth/token HTTP/1.1\r\n${HEAD}Content-Length: 10\r\n\r\nabc`))).to.deep.equal([
      408,
    ])
  })

  it('answers 413 to a body that says or shows that it is too large', async () => {
    expect(statusesOf(await exchange(server.port, `POST /oauth/token HTTP/1.1\r\n${HEAD}Content-Length: 200000000\r\n\r\n`))).to.deep.equal(
      [413],
    )
    const chunk = `2710\r\n${'x'.repeat(10_000)}\r\n`
    const chunked = `POST /oauth/token HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\n`
    expect(statusesOf(await exchange(server.port, chunked, chunk, chunk, '0\r\n\r\n'))).to.deep.equal([413])
  })

  it('lets the sender of a large body read the answer', async () => {
    const answer = await fetch(`${server.url}/oauth/token`, { method: 'POST', body: 'x'.repeat(3_000_000) })
    expect(answer.status).to.equal(413)
    expect(await answer.json()).to.have.property('error', 'body_too_large')
  })

  it('is no proxy', async () => {
    expect(statusesOf(await exchange(server.port, 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n'))).to.deep.equal([
      405,
    ])
  })

  it('answers 404 to an upgrade as to any other request', async () => {
    const upgrade = `GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`
    expect(statusesOf(await exchange(server.port, upgrade))).to.deep.equal([404])
  })

  it('keeps its own resources from names that are not of this machine', async () => {
    expect(
      statusesOf(await exchange(server.port, 'GET /emulator/history HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n')),
    ).to.deep.equal([403])
  })

  it('serves hundreds of connections at once', async () => {
    const request = `GET /emulator HTTP/1.1\r\n${HEAD}\r\n`
    const received = await Promise.all(Array.from({ length: 300 }, () => exchange(server.port, request)))
    expect(received.flatMap(statusesOf)).to.deep.equal(Array(300).fill(200))
  })

  it('survives clients that go away at any time', async () => {
    emulator.setFaults({ faults: [{ api: 'unknown', delay: '50ms', drip: { bytes: 1, every: '10ms' } }] })
    await Promise.all(
      [0, 20, 60, 80].map(async (afterMs) => {
        const gone = new AbortController()
        const asked = fetch(`${server.url}/nowhere`, { signal: gone.signal }).then((answer) => answer.text())
        await realClock.sleep(afterMs)
        gone.abort()
        await asked.catch(() => undefined)
      }),
    )
    expect(emulator.history.requests('unknown').length).to.be.at.least(1)
  })

  it('answers 500 to a bug of its own, tells of it, and goes on', async () => {
    const broken = { ...emulator, handle: () => Promise.reject(new Error('a bug')) }
    const told: unknown[] = []
    const other = await serve(broken, { onBug: (error) => told.push(error) })
    const answers = [await fetch(other.url), await fetch(other.url)]
    expect(answers.map((answer) => answer.status)).to.deep.equal([500, 500])
    expect(told.map(String)).to.deep.equal(['Error: a bug', 'Error: a bug'])
    await other.close()
  })

  it('resolves close when requests in work are answered, and takes no new ones', async () => {
    const other = await serve(emulator)
    emulator.setFaults({ faults: [{ api: 'unknown', delay: '50ms' }] })
    const asked = fetch(`${other.url}/nowhere`)
    await realClock.sleep(20)
    const closed = other.close()
    expect((await asked).status).to.equal(404)
    await closed
    expect(await exchange(other.port, `GET / HTTP/1.1\r\n${HEAD}\r\n`)).to.equal('')
  })

  it('cuts off on close what takes longer than the grace', async () => {
    const other = await serve(emulator, { closeGraceMs: 20 })
    emulator.setFaults({ faults: [{ api: 'unknown', delay: '1h' }] })
    const asked = fetch(`${other.url}/nowhere`).catch((error: Error) => error)
    await realClock.sleep(20)
    await other.close()
    expect(await asked).to.be.instanceOf(Error)
  })
})
