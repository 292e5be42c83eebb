import { createHash } from 'node:crypto'
import { expect } from 'chai'
import fc from 'fast-check'
import { Secrets } from '../../src/config/secrets.ts'

const SECRET = 'p&ss/w+rd "1\\é%=?'

function secretsOf(...values: string[]): Secrets {
  const secrets = new Secrets()
  for (const value of values) secrets.add(value)
  return secrets
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('Secrets', () => {
  const encodings: Readonly<Record<string, string>> = {
    raw: SECRET,
    'percent-encoded': encodeURIComponent(SECRET),
    'percent-encoded in lower case': encodeURIComponent(SECRET).replace(/%../g, (triplet) => triplet.toLowerCase()),
    'percent-encoded throughout': [...Buffer.from(SECRET)].map((byte) => `%${byte.toString(16)}`).join(''),
    'percent-encoded twice': encodeURIComponent(encodeURIComponent(SECRET)),
    'form-encoded': new URLSearchParams({ x: SECRET }).toString().slice(2),
    'JSON-escaped': JSON.stringify(SECRET).slice(1, -1),
    'JSON-escaped twice': JSON.stringify(JSON.stringify(SECRET)).slice(3, -3),
    'JSON-escaped as ASCII': JSON.stringify(SECRET).slice(1, -1).replace('é', '\\u00E9'),
    Base64: base64(SECRET),
    base64url: Buffer.from(SECRET).toString('base64url'),
    'Base64 in a URL': encodeURIComponent(base64(SECRET)),
  }
  for (const [name, encoded] of Object.entries(encodings)) {
    it(`masks a secret that is ${name}`, () => {
      expect(secretsOf(SECRET).mask(`before ${encoded} after`)).to.equal('before *** after')
    })
  }

  it('masks the Basic credentials of a client, raw and form-encoded before', () => {
    const secrets = new Secrets()
    secrets.addClient('my client', SECRET)
    const basic = base64(`${encodeURIComponent('my client')}:${encodeURIComponent(SECRET)}`)
    expect(secrets.mask(`Basic ${base64(`my client:${SECRET}`)}`)).to.equal('Basic ***')
    expect(secrets.mask(`Basic ${basic}`)).to.equal('Basic ***')
  })

  it('leaves the client id readable', () => {
    const secrets = new Secrets()
    secrets.addClient('my-client', SECRET)
    expect(secrets.mask('the client my-client was refused')).to.equal('the client my-client was refused')
  })

  it('masks a secret inside a longer text that is in Base64', () => {
    for (const lead of ['', 'a', 'ab', 'abc']) {
      const masked = secretsOf('correct-horse-battery').mask(base64(`${lead}correct-horse-battery{"more":1}`))
      const decoded = masked.split('***').map((part) => Buffer.from(part, 'base64').toString('latin1'))
      expect(masked, lead).to.include('***')
      expect(decoded.join(' '), lead).to.not.match(/orrect|horse|batter/)
    }
  })

  it('masks the longest of several that overlap', () => {
    expect(secretsOf('abcd', 'abcdefgh').mask('abcdefgh abcd')).to.equal('*** ***')
  })

  describe('masks long secrets', () => {
    const token = (seed: string, length: number): string =>
      `eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImtleS0xIn0.${createHash('shake256', { outputLength: length }).update(seed).digest('base64url')}`

    it('whole, in every encoding, however long', () => {
      const secret = `${token('a', 60_000)} "\\\\\n${'\\'.repeat(200)} é`
      const secrets = secretsOf(secret)
      for (const form of [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        base64(secret),
        base64(`ab${secret}`).slice(3),
      ]) {
        expect(secrets.mask(`before ${form} after`)).to.equal('before *** after')
      }
    })

    it('that share their beginning, as tokens do, and shorter ones that are the beginning of longer ones', () => {
      const tokens = ['a', 'b', 'c'].map((seed) => token(seed, 1_500))
      const beginning = tokens[0]?.slice(0, 90) ?? ''
      const secrets = secretsOf(...tokens, beginning)
      expect(secrets.mask([...tokens, beginning].join(' '))).to.equal('*** *** *** ***')
      expect(secrets.maskJson({ said: `Bearer ${tokens[2]}.` })).to.deep.equal({ said: 'Bearer ***.' })
    })

    it('as far as they go where they are cut off', () => {
      const secret = token('a', 1_500)
      expect(secretsOf(secret).mask(`${secret.slice(0, 1_000)}…`).length).to.be.below(100)
    })

    it('although there are a hundred of them, as after a night of renewals', function () {
      this.timeout(5_000)
      const secrets = secretsOf(...Array.from({ length: 100 }, (_none, index) => token(String(index), 3_000)))
      expect(secrets.mask(`a ${token('99', 3_000)} b`)).to.equal('a *** b')
    })
  })

  it('masks values, keys and numbers of JSON and keeps everything else', () => {
    const event = { 'tok-123456': 1, list: ['see tok-123456', true, null, 2], amount: 998877 }
    expect(secretsOf('tok-123456', '998877').maskJson(event)).to.deep.equal({ '***': 1, list: ['see ***', true, null, 2], amount: '***' })
  })

  it('returns what holds no secret as it is', () => {
    const event = { deep: { list: [1, 'two'] } }
    expect(secretsOf('tok-123456').maskJson(event)).to.equal(event)
    expect(new Secrets().maskJson(event)).to.equal(event)
    expect(new Secrets().mask('text')).to.equal('text')
  })

  it('masks a value of fewer than 4 characters only where it stands alone', () => {
    const secrets = secretsOf('42', '')
    expect(secrets.mask('pin 42, call 4217, "42"')).to.equal('pin ***, call 4217, "***"')
  })

  it('masks what was added after the first use', () => {
    const secrets = secretsOf('first-one')
    secrets.mask('x')
    secrets.add('second-one')
    expect(secrets.mask('first-one second-one')).to.equal('*** ***')
  })

  it('finds any secret in any text, however JSON, URLs and forms write it', () => {
    const secret = fc.string({ unit: 'binary', minLength: 4, maxLength: 30 })
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        const secrets = secretsOf(value)
        for (const form of [
          value,
          encodeURIComponent(value),
          JSON.stringify(value).slice(1, -1),
          new URLSearchParams([[value, '']]).toString().slice(0, -1),
        ]) {
          expect(secrets.mask(`${before}${form}${after}`)).to.not.include(form)
        }
        expect(JSON.stringify(secrets.maskJson({ [value]: [value] }))).to.not.include(JSON.stringify(value).slice(1, -1))
      }),
      { numRuns: 300 },
    )
  })
})
