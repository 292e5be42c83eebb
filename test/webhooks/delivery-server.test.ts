import { expect } from 'chai'
import fc from 'fast-check'
import { collectGarbage } from '../support/collect-garbage.ts'
import { closeReceivers, exchange, openReceiver, rawSocket } from './receiver-fixture.ts'

const event = '{"callId":"c-1"}'

function head(path: string, more: readonly string[]): string {
  return [`POST ${path} HTTP/1.1`, 'host: receiver', 'content-type: application/json', ...more, '', ''].join('\r\n')
}

async function isAlive(url: string): Promise<boolean> {
  return (await fetch(url, { method: 'POST', body: event })).status === 200
}

/** In bytes, without what is only waiting to be collected. */
function buffersHeld(): number {
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}

describe('the receiver lives and answers in time, whatever it is sent:', () => {
  afterEach(closeReceivers)

  it('a head that comes too slowly is answered 408', async () => {
    const { inbox, port, path, strays } = await openReceiver({ limits: { headersMs: 100, requestMs: 200 } })
    expect(await exchange(port, head(path, []).slice(0, -6))).to.match(/^HTTP\/1\.1 408 /)
    expect(strays.map(({ status }) => status)).to.deep.equal([408])
    expect(await isAlive(inbox.url)).to.equal(true)
  })

  it('a connection over which nothing comes is ended', async () => {
    const { inbox, port } = await openReceiver({ limits: { headersMs: 100, requestMs: 200 } })
    expect(await exchange(port, '')).to.match(/^HTTP\/1\.1 408 /)
    expect(await isAlive(inbox.url)).to.equal(true)
  })

  it('a body that comes too slowly is answered 408 and told once', async () => {
    const { inbox, port, path, refused, strays } = await openReceiver({ limits: { headersMs: 100, requestMs: 200 } })
    const { socket, answer } = await rawSocket(port)
    socket.write(`${head(path, ['content-length: 1000'])}{"callId"`)
    const drip = setInterval(() => socket.write(' '), 20)
    expect(await answer).to.match(/^HTTP\/1\.1 408 /)
    clearInterval(drip)
    while (refused.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(refused.map(({ status }) => status)).to.deep.equal([408])
    expect(strays).to.deep.equal([])
    expect(await isAlive(inbox.url)).to.equal(true)
  })

  it('a body that is announced too large is answered 413 before it is sent', async () => {
    const { inbox, port, path, refused } = await openReceiver()
    const { socket, answer } = await rawSocket(port)
    socket.once('data', () => socket.end())
    socket.write(head(path, ['content-length: 200000000']))
    expect(await answer).to.match(/^HTTP\/1\.1 413 /)
    expect(refused.map(({ status }) => status)).to.deep.equal([413])
    expect(await isAlive(inbox.url)).to.equal(true)
  })

  it('200 MB are answered 413, and next to nothing of them is kept', async function () {
    this.timeout(30_000)
    const { inbox, port, path } = await openReceiver()
    const { socket, answer } = await rawSocket(port)
    const chunk = Buffer.alloc(1_000_000, ' ')
    const before = buffersHeld()
    socket.write(head(path, ['transfer-encoding: chunked']))
    let isEnded = false
    void answer.then(() => {
      isEnded = true
    })
    for (let sent = 0; sent < 200 && !isEnded; sent += 1) {
      socket.write(`${chunk.length.toString(16)}\r\n`)
      socket.write(chunk)
      if (!socket.write('\r\n')) await Promise.race([answer, new Promise((resolve) => socket.once('drain', resolve))])
    }
    socket.end('0\r\n\r\n')
    expect(await answer).to.match(/^HTTP\/1\.1 413 /)
    expect(buffersHeld() - before).to.be.below(50_000_000)
    expect(await isAlive(inbox.url)).to.equal(true)
  })

  it('who asks whether to send a body that is too large is told no', async () => {
    const { port, path } = await openReceiver()
    const { socket, answer } = await rawSocket(port)
    socket.once('data', () => socket.end())
    socket.write(head(path, ['content-length: 200000000', 'expect: 100-continue']))
    expect(await answer).to.match(/^HTTP\/1\.1 413 /)
  })

  it('who asks whether to send a body that does is told to go on', async () => {
    const { port, path, taken } = await openReceiver()
    const { socket, answer } = await rawSocket(port)
    socket.once('data', () => socket.write(event))
    socket.write(head(path, [`content-length: ${event.length}`, 'expect: 100-continue', 'connection: close']))
    expect(await answer).to.match(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /)
    expect(taken).to.have.length(1)
  })

  for (const [what, bytes] of [
    ['what is no HTTP', 'hello, is anybody there?\r\n\r\n'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['an unknown method', 'PLEASE / HTTP/1.1\r\nhost: receiver\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: receiver\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx'],
    ['a length and chunks', 'POST / HTTP/1.1\r\nhost: receiver\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['no host', 'POST / HTTP/1.1\r\n\r\n'],
    ['a NUL in a header', 'POST / HTTP/1.1\r\nhost: re\0ceiver\r\n\r\n'],
  ] as const) {
    it(`${what} is answered 400`, async () => {
      const { inbox, port } = await openReceiver({ limits: { headersMs: 200, requestMs: 400 } })
      expect(await exchange(port, bytes)).to.match(/^HTTP\/1\.1 400 /)
      expect(await isAlive(inbox.url)).to.equal(true)
    })
  }

  it('what is no HTTP is told once, as a stray', async () => {
    const { port, strays, refused } = await openReceiver()
    await exchange(port, 'hello, is anybody there?\r\n\r\n')
    expect(strays).to.deep.equal([{ status: 400, reason: 'what came is no HTTP' }])
    expect(refused).to.deep.equal([])
  })

  it('a broken chunk in the middle of a body ends the delivery with 400', async () => {
    const { inbox, port, path, refused, taken } = await openReceiver()
    expect(await exchange(port, `${head(path, ['transfer-encoding: chunked'])}5\r\n{"cal\r\nzz\r\n`)).to.match(/^HTTP\/1\.1 400 /)
    expect(refused).to.have.length(1)
    expect(taken).to.deep.equal([])
    expect(await isAlive(inbox.url)).to.equal(true)
  })

  it('a head of a megabyte is answered 431', async () => {
    const { inbox, port, path } = await openReceiver()
    expect(await exchange(port, head(path, [`x-large: ${'x'.repeat(1_000_000)}`]))).to.match(/^HTTP\/1\.1 431 /)
    expect(await isAlive(inbox.url)).to.equal(true)
  })

  it('a sender that goes away in the middle of a body is told once', async () => {
    const { inbox, port, path, refused } = await openReceiver()
    const { socket, answer } = await rawSocket(port)
    socket.write(`${head(path, ['content-length: 100'])}{"callId"`)
    await new Promise((resolve) => setImmediate(resolve))
    socket.destroy()
    await answer
    while (refused.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(refused).to.have.length(1)
    expect(await isAlive(inbox.url)).to.equal(true)
  })

  it('1,000 connections that say nothing keep nobody from delivering', async function () {
    this.timeout(30_000)
    const { inbox, port } = await openReceiver()
    const crowd = await Promise.all(Array.from({ length: 1_000 }, () => rawSocket(port)))
    expect(await isAlive(inbox.url)).to.equal(true)
    for (const { socket } of crowd) socket.destroy()
    expect(await isAlive(inbox.url)).to.equal(true)
  })

  it('any bytes, cut anywhere, get an answer or none, and nothing is taken that is no event', async function () {
    this.timeout(60_000)
    const { inbox, port, path, taken } = await openReceiver({ limits: { headersMs: 100, requestMs: 200 } })
    const good = `${head(path, [`content-length: ${event.length}`, 'connection: close'])}${event}`
    const mangled = fc.tuple(fc.nat(good.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 20 })).map(([at, cut, inserted]) => {
      return good.slice(0, at) + inserted + good.slice(at + cut)
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(mangled, fc.string({ unit: 'binary' })), async (bytes) => {
        const before = taken.length
        const answer = await exchange(port, bytes)
        if (answer !== '') expect(answer).to.match(/^HTTP\/1\.1 \d{3} /)
        if (taken.length > before) expect(answer).to.include(' 200 ')
      }),
      { numRuns: 60 },
    )
    expect(taken.every((body) => typeof body === 'object' && body !== null && 'callId' in body)).to.equal(true)
    expect(await isAlive(inbox.url)).to.equal(true)
  })

  it('many deliveries over one connection are all taken', async () => {
    const { port, path, taken } = await openReceiver()
    const one = `${head(path, [`content-length: ${event.length}`])}${event}`
    const last = `${head(path, [`content-length: ${event.length}`, 'connection: close'])}${event}`
    const answer = await exchange(port, one.repeat(99) + last)
    expect(answer.match(/HTTP\/1\.1 200 /g)).to.have.length(100)
    expect(taken).to.have.length(100)
  })
})
