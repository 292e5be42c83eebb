import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect } from 'chai'
import type { HttpAnswer, HttpRequest } from '../../src/api/send.ts'
import { TransportError } from '../../src/api/transport-error.ts'
import { type UndiciTransportOptions, undiciTransport } from '../../src/api/undici-transport.ts'
import { realClock } from '../support/real-clock.ts'
import { answer, type Behaviour, rawServer } from './support/raw-server.ts'

const BODY = JSON.stringify({ path: ['node_start', 'node_exit'], note: 'naïve café' })
const LIMIT = 100_000

describe('undiciTransport', () => {
  const open: { readonly close: () => Promise<void> }[] = []

  afterEach(async () => {
    for (const item of open.splice(0)) await item.close()
  })

  async function setup(behave: Behaviour, timeouts: Partial<UndiciTransportOptions['timeouts']> = {}) {
    const server = await rawServer(behave)
    const transport = await undiciTransport({
      clock: realClock,
      timeouts: { connectMs: 2000, headersMs: 2000, bodyMs: 2000, ...timeouts },
      answerBytes: LIMIT,
    })
    open.push(transport, server)
    const send = (request: Partial<HttpRequest> = {}): Promise<HttpAnswer> =>
      transport({ method: 'GET', url: `${server.url}/x`, headers: {}, signal: new AbortController().signal, ...request })
    return { server, send, transport }
  }

  async function failureOf(behave: Behaviour, timeouts: Partial<UndiciTransportOptions['timeouts']> = {}): Promise<TransportError> {
    const { send } = await setup(behave, timeouts)
    return transportErrorOf(send())
  }

  it('sends method, path, query, headers and body as they are, and yields status, headers in lower case and body', async () => {
    const { send, server } = await setup((socket) => socket.write(answer(BODY, { 'X-Thing': 'a', 'x-thing': 'b' })))
    const got = await send({ method: 'POST', url: `${server.url}/a%2Fb?x=%20y`, headers: { 'x-one': '1' }, body: '{"a":"ü"}' })
    expect(got.status).to.equal(200)
    expect(Buffer.from(got.body).toString()).to.equal(BODY)
    expect(got.headers['x-thing']).to.be.oneOf(['a, b', 'b'])
    expect(server.requests[0])
      .to.match(/^POST \/a%2Fb\?x=%20y HTTP\/1\.1\r\n/)
      .and.include('x-one: 1\r\n')
    expect(server.requests.join('')).to.include(Buffer.from('{"a":"ü"}').toString('latin1'))
  })

  it('joins several values of one header', async () => {
    const raw = 'HTTP/1.1 200 OK\r\nRetry-After: 2\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n'
    const { send } = await setup((socket) => socket.write(raw))
    expect((await send()).headers['retry-after']).to.equal('2, 3')
  })

  it('keeps connections alive', async () => {
    const { send, server } = await setup((socket) => socket.write(answer(BODY)))
    for (let request = 0; request < 20; request += 1) await send()
    expect(server.connections()).to.be.at.most(2)
  })

  it('does not follow redirects', async () => {
    const { send, server } = await setup((socket) => socket.write(answer('', { Location: '/elsewhere' }, '302 Found')))
    expect((await send()).status).to.equal(302)
    expect(server.requests).to.have.length(1)
  })

  it('passes over informational answers', async () => {
    const { send } = await setup((socket) =>
      socket.write(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'), answer(BODY)])),
    )
    expect(await send()).to.include({ status: 200 })
  })

  it('passes over any number of informational answers but 100', async () => {
    const hints = ['102 Processing', '103 Early Hints', '103 Early Hints'].map((line) => Buffer.from(`HTTP/1.1 ${line}\r\n\r\n`))
    const { send } = await setup((socket) => socket.write(Buffer.concat([...hints, answer(BODY)])))
    expect(await send({ method: 'POST', body: '{}' })).to.include({ status: 200 })
  })

  it('refuses a 100 that nobody asked for, says so, and sends the next request over another connection', async () => {
    let count = 0
    const { send } = await setup((socket) => {
      count += 1
      socket.write(count === 1 ? Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), answer(BODY)]) : answer(BODY))
    })
    const error = await transportErrorOf(send({ method: 'POST', body: '{}' }))
    expect(error).to.include({ fault: 'unreadable', sent: true })
    expect(error.message).to.equal('the answer is not one that can follow this request: a 100 (Continue) that nobody asked for')
    expect(await send()).to.include({ status: 200 })
  })

  describe('decodes', () => {
    const codings: readonly (readonly [string, Uint8Array])[] = [
      ['gzip', gzipSync(BODY)],
      ['x-gzip', gzipSync(BODY)],
      ['GZIP', gzipSync(BODY)],
      ['br', brotliCompressSync(BODY)],
      ['deflate', deflateSync(BODY)],
      ['deflate', deflateRawSync(BODY)],
      ['identity', Buffer.from(BODY)],
      ['gzip, br', brotliCompressSync(gzipSync(BODY))],
    ]
    for (const [coding, body] of codings) {
      it(`${coding} (${body.length} bytes)`, async () => {
        const { send } = await setup((socket) => socket.write(answer(body, { 'Content-Encoding': coding })))
        expect(Buffer.from((await send()).body).toString()).to.equal(BODY)
      })
    }

    it('gzip that arrives byte by byte', async () => {
      const { send } = await setup((socket) => {
        const bytes = answer(gzipSync(BODY), { 'Content-Encoding': 'gzip' })
        for (let at = 0; at < bytes.length; at += 1) socket.write(bytes.subarray(at, at + 1))
      })
      expect(Buffer.from((await send()).body).toString()).to.equal(BODY)
    })

    it('an empty body of any coding as no body', async () => {
      const { send } = await setup((socket) => socket.write(answer('', { 'Content-Encoding': 'gzip' })))
      expect((await send()).body).to.have.length(0)
    })

    for (const [name, coding, body] of [
      ['cut-off gzip', 'gzip', gzipSync(BODY).subarray(0, 30)],
      ['text that claims to be gzip', 'gzip', Buffer.from(BODY)],
      ['an unknown coding', 'zstd', Buffer.from(BODY)],
      ['too many codings', 'gzip, gzip, gzip, gzip', gzipSync(BODY)],
    ] as const) {
      it(`not ${name}`, async () => {
        const error = await failureOf((socket) => socket.write(answer(body, { 'Content-Encoding': coding })))
        expect(error).to.include({ fault: 'unreadable', sent: true })
        expect(error.partial).to.include({ status: 200 })
      })
    }
  })

  describe('cuts', () => {
    it('a gzip bomb by its decompressed bytes, with limit and seen in the message and little memory', async () => {
      const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
      expect(bomb.length).to.be.below(300_000)
      const { server } = await setup((socket) => socket.write(answer(bomb, { 'Content-Encoding': 'gzip' })))
      const roomy = await undiciTransport({
        clock: realClock,
        timeouts: { connectMs: 2000, headersMs: 2000, bodyMs: 10_000 },
        answerBytes: 10_000_000,
      })
      open.push(roomy)
      const beforeBytes = process.memoryUsage().rss
      const error = await transportErrorOf(roomy({ method: 'GET', url: server.url, headers: {}, signal: new AbortController().signal }))
      expect(error.fault).to.equal('too-large')
      const [, limit, seen] = /limit of (\d+) bytes: (\d+) bytes were seen after decompression/.exec(error.message) ?? []
      expect(Number(limit)).to.equal(10_000_000)
      expect(Number(seen)).to.be.within(10_000_001, 11_000_000)
      expect(process.memoryUsage().rss - beforeBytes).to.be.below(50_000_000)
    })

    it('an endless body', async () => {
      const error = await failureOf((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n')
        const chunk = Buffer.alloc(8192, ' ')
        const pump = (): void => {
          while (!socket.destroyed && socket.write(chunk)) {}
          if (!socket.destroyed) socket.once('drain', pump)
        }
        pump()
      })
      expect(error.fault).to.equal('too-large')
      expect(error.message).to.match(/limit of 100000 bytes: 1\d{5} bytes were seen$/)
    })

    it('a body that is announced and sent one byte too long', async () => {
      expect((await failureOf((socket) => socket.write(answer('x'.repeat(LIMIT + 1))))).fault).to.equal('too-large')
      const { send } = await setup((socket) => socket.write(answer('x'.repeat(LIMIT))))
      expect((await send()).body).to.have.length(LIMIT)
    })

    it('a megabyte of headers', async () => {
      const error = await failureOf((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        for (let line = 0; line < 1000 && !socket.destroyed; line += 1) socket.write(`X-${line}: ${'h'.repeat(1000)}\r\n`)
        socket.end('\r\n')
      })
      expect(error).to.include({ fault: 'too-large', sent: true })
      expect(error.message).to.include('headers')
    })

    it('a body that drips, however steadily, when its time is over', async () => {
      const error = await failureOf(
        (socket) => {
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
          const drip = setInterval(() => (socket.destroyed ? clearInterval(drip) : socket.write(' ')), 20)
        },
        { bodyMs: 150 },
      )
      expect(error).to.include({ fault: 'timeout', sent: true, message: 'the body of the answer did not end within 150 ms' })
      expect(error.partial).to.include({ status: 200 })
    })

    it('the wait for headers', async () => {
      const startedAtMs = performance.now()
      const error = await failureOf(() => {}, { headersMs: 100 })
      expect(error).to.include({ fault: 'timeout', sent: true, message: 'no answer began within 100 ms' })
      expect(performance.now() - startedAtMs).to.be.below(1000)
    })

    it('headers that drip', async () => {
      const error = await failureOf(
        (socket) => {
          socket.write('HTTP/1.1 200 OK\r\nX: ')
          const drip = setInterval(() => (socket.destroyed ? clearInterval(drip) : socket.write('h')), 20)
        },
        { headersMs: 150 },
      )
      expect(error.fault).to.equal('timeout')
    })

    it('everything at the deadline of the call', async () => {
      const { send } = await setup(() => {})
      const error = await transportErrorOf(send({ deadlineAtMs: realClock.now() + 100 }))
      expect(error).to.include({ fault: 'timeout', message: 'no whole answer came before the time for the whole call was over' })
    })
  })

  describe('says what broke', () => {
    const faults: readonly (readonly [string, Behaviour, Partial<TransportError>])[] = [
      [
        'a reset before the answer',
        (socket) => socket.resetAndDestroy(),
        { fault: 'broken', sent: true, message: 'the connection was reset' },
      ],
      ['a connection closed before the answer', (socket) => socket.end(), { fault: 'broken', sent: true }],
      [
        'a reset in the middle of the body',
        (socket) =>
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"path":', () => setTimeout(() => socket.resetAndDestroy(), 20)),
        { fault: 'cut-off', sent: true },
      ],
      [
        'a body shorter than its content-length',
        (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"path":'),
        { fault: 'cut-off' },
      ],
      [
        'a chunked body without its end',
        (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{"path":\r\n'),
        { fault: 'cut-off' },
      ],
      ['what is not HTTP', (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'), { fault: 'unreadable', sent: true }],
      [
        'a 100 (Continue) that nobody asked for',
        (socket) => socket.write(Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), answer(BODY)])),
        {
          fault: 'unreadable',
          sent: true,
          message: 'the answer is not one that can follow this request: a 100 (Continue) that nobody asked for',
        },
      ],
      [
        'a change to another protocol',
        (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
        { fault: 'unreadable', sent: true },
      ],
      ['a status that does not exist', (socket) => socket.write('HTTP/1.1 000 None\r\n\r\n'), { fault: 'unreadable', sent: true }],
      [
        'a content-length that is no number',
        (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n'),
        { fault: 'unreadable' },
      ],
    ]
    for (const [name, behave, expected] of faults) {
      it(name, async () => {
        const error = await failureOf(behave)
        expect(error).to.include(expected)
        if (expected.fault === 'cut-off') expect(Buffer.from(error.partial?.body ?? '').toString()).to.equal('{"path":')
      })
    }

    it('a refused connection: nothing was sent', async () => {
      const { send, server } = await setup(() => {})
      await server.close()
      expect(await transportErrorOf(send())).to.include({
        fault: 'unreachable',
        sent: false,
        message: 'the connection was refused (ECONNREFUSED)',
      })
    })

    it('a name that does not exist: nothing was sent', async () => {
      const { send } = await setup(() => {})
      expect(await transportErrorOf(send({ url: 'http://nowhere.invalid/' }))).to.include({ fault: 'unreachable', sent: false })
    })

    it('plain HTTP where TLS is expected: nothing was sent', async () => {
      const { send, server } = await setup((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
      expect(await transportErrorOf(send({ url: server.url.replace('http', 'https') }))).to.include({ sent: false })
    })
  })

  describe('on abort', () => {
    it('rejects at once with the reason and closes the connection', async () => {
      let closed: Promise<unknown> | undefined
      const controller = new AbortController()
      const reason = new Error('stop')
      const { send } = await setup((socket) => {
        closed = new Promise((resolve) => socket.on('close', resolve))
        controller.abort(reason)
      })
      expect(await send({ signal: controller.signal }).catch((error: unknown) => error)).to.equal(reason)
      await closed
    })

    it('sends nothing where the signal had aborted before', async () => {
      const { send, server } = await setup((socket) => socket.write(answer(BODY)))
      await send({ signal: AbortSignal.abort(new Error('stop')) }).catch(() => {})
      await send()
      expect(server.requests).to.have.length(1)
    })
  })

  it('lets nothing open after close', async () => {
    const { send, transport, server } = await setup((socket) => socket.write(answer(BODY)))
    await send()
    await transport.close()
    expect(await transportErrorOf(send())).to.be.instanceOf(TransportError)
    expect(server.requests).to.have.length(1)
  })
})

async function transportErrorOf(promise: Promise<unknown>): Promise<TransportError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof TransportError) return error
    throw error
  }
  throw new Error('expected a transport error')
}
