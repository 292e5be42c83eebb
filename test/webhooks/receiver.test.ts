import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { expect } from 'chai'
import { Webhook } from 'standardwebhooks'
import { ProblemError } from '../../src/model/problem.ts'
import { createReceiver } from '../../src/webhooks/receiver.ts'
import { parseWebhookKey } from '../../src/webhooks/signature.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { closeReceivers, openReceiver } from './receiver-fixture.ts'

const event = { callId: 'c-1', state: 'completed' }

function post(url: string, body: string | Uint8Array = JSON.stringify(event), headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
}

async function problemOf(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof ProblemError) return error.problem
  throw new Error('there was no problem')
}

describe('createReceiver', () => {
  afterEach(closeReceivers)

  it('hands a delivery to its inbox and answers that it was received', async () => {
    const { inbox, taken } = await openReceiver()
    const response = await post(inbox.url)
    expect(response.status).to.equal(200)
    expect(response.headers.get('content-type')).to.equal('application/json')
    expect(await response.json()).to.deep.equal({ status: 'received' })
    expect(taken).to.deep.equal([event])
    expect(inbox.counts).to.deep.equal({ taken: 1, refused: 0, late: 0 })
  })

  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    it(`answers 405 to ${method}`, async () => {
      const { inbox, refused } = await openReceiver()
      const response = await fetch(inbox.url, { method, ...(method.startsWith('P') ? { body: JSON.stringify(event) } : {}) })
      expect(response.status).to.equal(405)
      expect(response.headers.get('allow')).to.equal('POST')
      expect(refused.map(({ status }) => status)).to.deep.equal([405])
      expect(inbox.counts).to.deep.equal({ taken: 0, refused: 1, late: 0 })
    })
  }

  for (const [what, body] of [
    ['an empty body', ''],
    ['what is no JSON', 'callId=c-1'],
    ['JSON that is cut off', '{"callId":"c-'],
    ['JSON that is no event', '["c-1"]'],
    ['null', 'null'],
    ['a key that stands twice', '{"callId":"c-1","callId":"c-2"}'],
    ['JSON that is too deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ] as const) {
    it(`answers 400 to ${what}, once told and counted as refused`, async () => {
      const { inbox, taken, refused } = await openReceiver()
      const response = await post(inbox.url, body)
      expect(response.status).to.equal(400)
      expect(await response.json()).to.have.property('error')
      expect(refused).to.have.length(1)
      expect(taken).to.deep.equal([])
      expect(inbox.counts).to.deep.equal({ taken: 0, refused: 1, late: 0 })
    })
  }

  it('answers 415 to a compressed body', async () => {
    const { inbox, taken } = await openReceiver()
    expect((await post(inbox.url, JSON.stringify(event), { 'content-encoding': 'gzip' })).status).to.equal(415)
    expect(taken).to.deep.equal([])
  })

  it('answers 404 to every path that is not exactly an inbox, and tells it as a stray', async () => {
    const { inbox, port, path, taken, refused, strays } = await openReceiver()
    const [, token = '', own = ''] = path.split('/')
    const paths = [
      '/',
      `/${token}`,
      `/${own}`,
      `/${token}/${own}x`,
      `/x${token}/${own}`,
      `/${own}/${token}`,
      `${path}/`,
      '/constructor/__proto__',
    ]
    for (const wrong of paths) expect((await post(`http://127.0.0.1:${port}${wrong}`)).status, wrong).to.equal(404)
    expect(strays.map(({ status }) => status)).to.deep.equal(paths.map(() => 404))
    expect([taken, refused]).to.deep.equal([[], []])
    expect(inbox.counts).to.deep.equal({ taken: 0, refused: 0, late: 0 })
  })

  it('gives every inbox a secret of its own, and tells first what hides them all', async () => {
    const { receiver, path, secrets } = await openReceiver()
    const other = await receiver.open({ take: () => true, onRefused: () => undefined })
    const parts = [path, new URL(other.url).pathname].map((text) => text.split('/'))
    expect(secrets).to.deep.equal([parts[0]?.[1]])
    expect(parts[1]?.[1]).to.equal(parts[0]?.[1])
    expect(parts[1]?.[2]).not.to.equal(parts[0]?.[2])
    expect(parts[0]?.[2]).to.have.length(32)
  })

  it('counts what comes after an inbox was closed, and answers it as received', async () => {
    const { inbox, taken } = await openReceiver()
    await post(inbox.url)
    inbox.close()
    for (const callId of ['c-2', 'c-3']) expect((await post(inbox.url, JSON.stringify({ callId }))).status).to.equal(200)
    expect(taken).to.have.length(1)
    expect(inbox.counts).to.deep.equal({ taken: 1, refused: 0, late: 2 })
  })

  it('is found under its public address, with or without the path of that', async () => {
    const { inbox, port, path, taken } = await openReceiver({ publicUrl: 'https://ci.example.test/hooks' })
    expect(inbox.url).to.equal(`https://ci.example.test${path}`)
    expect(path).to.match(/^\/hooks\//)
    expect((await post(`http://127.0.0.1:${port}${path}`)).status).to.equal(200)
    expect((await post(`http://127.0.0.1:${port}${path.slice('/hooks'.length)}?try=2`)).status).to.equal(200)
    expect(taken).to.have.length(2)
  })

  it('listens on this machine only, from the first inbox on, and on nothing after its end', async () => {
    const { receiver, inbox } = await openReceiver()
    expect(new URL(inbox.url).hostname).to.equal('127.0.0.1')
    await receiver.close()
    expect(await post(inbox.url).catch(() => 'nobody there')).to.equal('nobody there')
  })

  it('says in words where it cannot listen', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    const receiver = createReceiver({ clock: new FakeClock(), port, onSecret: () => undefined })
    const problem = await problemOf(receiver.open({ take: () => true, onRefused: () => undefined }))
    expect(problem.code).to.equal('RECEIVER_UNAVAILABLE')
    expect(problem.message).to.equal(`the receiver of webhooks cannot listen on 127.0.0.1:${port}: somebody else listens there`)
    await receiver.close()
    other.close()
  })

  describe('with a key', () => {
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    const clock = new FakeClock()
    const sender = new Webhook(secret)

    function signed(date: Date, by = sender): Record<string, string> {
      const signature = by.sign('msg_1', date, JSON.stringify(event))
      return { 'webhook-id': 'msg_1', 'webhook-timestamp': String(Math.floor(date.getTime() / 1_000)), 'webhook-signature': signature }
    }

    function openSigned() {
      const key = parseWebhookKey(secret)
      return openReceiver({ clock, ...(key ? { key } : {}) })
    }

    it('takes what is signed', async () => {
      const { inbox, taken } = await openSigned()
      expect((await post(inbox.url, JSON.stringify(event), signed(clock.date()))).status).to.equal(200)
      expect(taken).to.deep.equal([event])
    })

    for (const [what, headers, reason] of [
      ['no signature', {}, 'the signature is missing'],
      [
        'the signature of somebody else',
        signed(clock.date(), new Webhook(`whsec_${randomBytes(32).toString('base64')}`)),
        'the signature is wrong',
      ],
      ['an old signature', signed(new Date(clock.date().getTime() - 3_600_000)), 'the signature is too old'],
    ] as const) {
      it(`answers 401 to ${what}, counts nothing as taken and tells it once`, async () => {
        const { inbox, taken, refused, strays } = await openSigned()
        expect((await post(inbox.url, JSON.stringify(event), headers)).status).to.equal(401)
        expect(refused).to.deep.equal([{ status: 401, reason }])
        expect([taken, strays]).to.deep.equal([[], []])
        expect(inbox.counts).to.deep.equal({ taken: 0, refused: 1, late: 0 })
      })
    }

    it('answers 401 before it looks at the body', async () => {
      const { inbox, refused } = await openSigned()
      expect((await post(inbox.url, 'no JSON')).status).to.equal(401)
      expect(refused).to.have.length(1)
    })
  })
})
