import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { expect } from 'chai'
import { TransportError } from '../../src/api/transport-error.ts'
import { undiciTransport } from '../../src/api/undici-transport.ts'
import { realClock } from '../support/real-clock.ts'
import { answer, type RawServer, rawServer } from './support/raw-server.ts'

interface Proxy {
  readonly url: string
  /** What it was asked to connect to, with the credentials that came along. */
  readonly asked: { readonly to: string | undefined; readonly authorization: string | undefined }[]
  readonly close: () => void
}

/** A proxy on loopback that leads every tunnel to one server, or refuses it with a status. */
async function openProxy(port: number, status = 200): Promise<Proxy> {
  const asked: Proxy['asked'] = []
  const sockets = new Set<Socket>()
  const server: Server = createServer()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('connect', (request, client) => {
    asked.push({ to: request.url, authorization: request.headers['proxy-authorization'] })
    client.on('error', () => undefined)
    client.write(`HTTP/1.1 ${status} X\r\n\r\n`)
    if (status !== 200) {
      client.end()
      return
    }
    const upstream = connect(port, '127.0.0.1')
    upstream.on('error', () => undefined)
    sockets.add(upstream)
    upstream.pipe(client).pipe(upstream)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = (): void => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { url: `http://qa:pa%20ss@127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close }
}

describe('undiciTransport with a proxy', () => {
  const open: { readonly close: () => unknown }[] = []
  afterEach(async () => {
    for (const one of open.splice(0).toReversed()) await one.close()
  })

  async function setup(except: readonly string[] = [], status?: number) {
    const target: RawServer = await rawServer((socket) => socket.write(answer('{}')))
    open.push(target)
    const proxy = await openProxy(Number(new URL(target.url).port), status)
    const timeouts = { connectMs: 2_000, headersMs: 2_000, bodyMs: 2_000 }
    const transport = await undiciTransport({ clock: realClock, timeouts, answerBytes: 1_000, proxy: { http: proxy.url, except } })
    open.push(proxy, transport)
    const send = (url: string) => transport({ method: 'GET', url, headers: {}, signal: new AbortController().signal })
    return { target, proxy, send }
  }

  it('reaches the target through a tunnel, with the credentials of the proxy and none of them for the target', async () => {
    const { send, proxy, target } = await setup()
    expect((await send('http://tenant.test/x')).status).to.equal(200)
    expect((await send('http://tenant.test/y')).status).to.equal(200)
    const authorization = `Basic ${Buffer.from('qa:pa ss').toString('base64')}`
    expect(new Set(proxy.asked.map((one) => JSON.stringify(one)))).to.deep.equal(
      new Set([JSON.stringify({ to: 'tenant.test:80', authorization })]),
    )
    expect(target.requests[0]).to.match(/^GET \/x HTTP\/1\.1\r\n/)
    expect(target.requests.join(''))
      .to.match(/host: tenant\.test\r\n/i)
      .and.not.match(/proxy-authorization/i)
  })

  it('asks exceptions directly', async () => {
    const { send, proxy, target } = await setup(['127.0.0.1'])
    expect((await send(`${target.url}/x`)).status).to.equal(200)
    expect(proxy.asked).to.deep.equal([])
  })

  for (const [status, why] of [
    [407, 'it wants other credentials (407)'],
    [502, 'it answered 502'],
  ] as const) {
    it(`says that the proxy refused with ${status}, and that nothing was sent`, async () => {
      const { send } = await setup([], status)
      const error = await send('http://tenant.test/x').then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(error).to.be.instanceOf(TransportError).and.include({ fault: 'unreachable', sent: false })
      expect(error).to.have.property('message', `the proxy would not connect to the target: ${why}`)
    })
  }
})
