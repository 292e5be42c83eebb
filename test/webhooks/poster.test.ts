import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { expect } from 'chai'
import { createPoster } from '../../src/webhooks/poster.ts'

const never = new AbortController().signal

describe('createPoster', () => {
  let server: Server
  let seen: { readonly method: string | undefined; readonly url: string | undefined; readonly body: string }[]
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  const poster = createPoster()
  const post = (url: string, timeoutMs = 5_000, signal = never) =>
    poster.post({ url, headers: { 'content-type': 'application/json' }, body: '{"a":"ä"}', timeoutMs, signal })
  const base = (): string => {
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  }

  beforeEach(async () => {
    seen = []
    answer = (_request, response) => response.end('fine')
    server = createServer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        seen.push({ method: request.method, url: request.url, body })
        answer(request, response)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })
  after(() => poster.close())

  it('posts a body whole and tells the status of the answer', async () => {
    answer = (_request, response) => response.writeHead(202).end()
    expect(await post(`${base()}/hook?x=1`)).to.deep.equal({ status: 202 })
    expect(seen).to.deep.equal([{ method: 'POST', url: '/hook?x=1', body: '{"a":"ä"}' }])
  })

  it('does not follow a redirect', async () => {
    answer = (_request, response) => response.writeHead(307, { location: `${base()}/other` }).end()
    expect(await post(base())).to.deep.equal({ status: 307 })
    expect(seen).to.have.length(1)
  })

  it('rejects where no answer comes in time', async () => {
    answer = () => undefined
    expect(await post(base(), 50).catch(() => 'no answer')).to.equal('no answer')
  })

  it('rejects when its signal aborts', async () => {
    const controller = new AbortController()
    answer = () => controller.abort()
    expect(await post(base(), 5_000, controller.signal).catch(() => 'aborted')).to.equal('aborted')
  })

  it('does not wait for the end of an endless answer', async () => {
    answer = (_request, response) => {
      const more = setInterval(() => response.write('x'.repeat(100_000)), 1)
      response.on('close', () => clearInterval(more))
    }
    expect(await post(base())).to.deep.equal({ status: 200 })
  })

  for (const url of [
    'http://169.254.169.254/latest/meta-data',
    'http://0xa9fea9fe/',
    'http://2852039166/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fd00:ec2::254]/',
    'http://metadata.google.internal/',
    'http://METADATA.google.internal./',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
  ]) {
    it(`sends nothing to ${url}`, async () => {
      const error: unknown = await post(url, 1_000).catch((reason: unknown) => reason)
      expect(error)
        .to.be.an('error')
        .with.property('message')
        .that.matches(/metadata|webhooks do not go/)
    })
  }
})
