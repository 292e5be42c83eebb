import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { parseWebhookKey, signatureFault, signatureHeaders, type WebhookKey } from '../../src/webhooks/signature.ts'

const bytes = randomBytes(32)
const secret = `whsec_${bytes.toString('base64')}`
const judge = new Webhook(secret)
const now = new Date('2026-01-02T03:04:05Z')
const body = '{"callId":"c-1"}'

function keyOf(text: string): WebhookKey {
  const key = parseWebhookKey(text)
  if (!key) throw new Error('no key')
  return key
}

const key = keyOf(secret)

/** What a delivery carries that is signed by the library of the specification. */
function signed(fields: { readonly id?: string; readonly date?: Date; readonly body?: string } = {}): Record<string, string> {
  const { id = 'msg_1', date = now } = fields
  const timestamp = String(Math.floor(date.getTime() / 1_000))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': judge.sign(id, date, fields.body ?? body) }
}

function fault(headers: Record<string, string>, text = body): string | undefined {
  return signatureFault(key, headers, Buffer.from(text), now)
}

function shifted(seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000)
}

describe('signatureFault', () => {
  it('finds none in what the library of the specification signed, whatever the body', () => {
    fc.assert(
      fc.property(fc.json(), fc.uuid(), (text, id) => {
        expect(fault(signed({ id, body: text }), text)).to.equal(undefined)
      }),
    )
  })

  it('tells a body that was changed', () => {
    expect(fault(signed(), '{"callId":"c-2"}')).to.equal('the signature is wrong')
  })

  it('tells a signature by another key', () => {
    const other = new Webhook(`whsec_${randomBytes(32).toString('base64')}`)
    expect(fault({ ...signed(), 'webhook-signature': other.sign('msg_1', now, body) })).to.equal('the signature is wrong')
  })

  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    it(`tells that ${name} is missing or empty`, () => {
      const { [name]: _left, ...rest } = signed()
      expect(fault(rest)).to.equal('the signature is missing')
      expect(fault({ ...rest, [name]: '' })).to.equal('the signature is missing')
    })
  }

  it('takes a signature that is up to five minutes old or early, and none beyond', () => {
    expect(fault(signed({ date: shifted(-300) }))).to.equal(undefined)
    expect(fault(signed({ date: shifted(300) }))).to.equal(undefined)
    expect(fault(signed({ date: shifted(-301) }))).to.equal('the signature is too old')
    expect(fault(signed({ date: shifted(301) }))).to.equal('the signature is from the future')
  })

  for (const time of ['soon', '1e9', '-1', '17673230450000', ' 1767323045', '1767323045.5']) {
    it(`takes ${JSON.stringify(time)} for no time`, () => {
      expect(fault({ ...signed(), 'webhook-timestamp': time })).to.equal('the time of the signature is no number of seconds')
    })
  }

  it('takes one good signature among others, since a sender may be changing its key', () => {
    const good = signed()['webhook-signature']
    expect(fault({ ...signed(), 'webhook-signature': `v1,AAAA v1a,xyz ${good}` })).to.equal(undefined)
  })

  for (const made of ['v1,', 'v2,AAAA', 'v1', 'AAAA', ' ', 'v1,%%%']) {
    it(`takes ${JSON.stringify(made)} for a wrong signature`, () => {
      expect(fault({ ...signed(), 'webhook-signature': made })).to.equal('the signature is wrong')
    })
  }
})

describe('signatureHeaders', () => {
  it('are those that the library of the specification accepts', () => {
    const date = new Date()
    expect(judge.verify(body, signatureHeaders(key, { id: 'msg_1', date, body }))).to.deep.equal({ callId: 'c-1' })
  })
})

describe('parseWebhookKey', () => {
  it('reads a key with and without its prefix', () => {
    expect(parseWebhookKey(secret)).to.deep.equal(bytes)
    expect(parseWebhookKey(secret.slice('whsec_'.length))).to.deep.equal(bytes)
  })

  it('takes 24 to 64 bytes', () => {
    for (const [length, isKey] of [
      [23, false],
      [24, true],
      [64, true],
      [65, false],
    ] as const) {
      expect(parseWebhookKey(`whsec_${randomBytes(length).toString('base64')}`) !== undefined, `${length}`).to.equal(isKey)
    }
  })

  for (const text of ['', 'whsec_', 'hunter2', `whsec_${'!'.repeat(40)}`, `${secret}\n`]) {
    it(`takes ${JSON.stringify(text.slice(0, 12))} for none`, () => {
      expect(parseWebhookKey(text)).to.equal(undefined)
    })
  }
})
