import { expect } from 'chai'
import { DEFAULT_CLIENT } from '../../../src/emulator/options.ts'
import { ALL_SCOPES } from '../../../src/emulator/scopes.ts'
import { type Answered, type Caller, WAYS } from '../caller.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const { id, secret } = DEFAULT_CLIENT
const IN_FORM = `grant_type=client_credentials&client_id=${id}&client_secret=${secret}`

function basic(user: string, password: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}

for (const [way, start] of WAYS) {
  describe(`the token endpoint, ${way}`, () => {
    let caller: Caller
    const ask = (body: string, headers: Readonly<Record<string, string>> = FORM, path = '/oauth/token'): Promise<Answered> =>
      caller.call(path, { method: 'POST', body, headers })

    before(async () => {
      caller = await start({ clients: [DEFAULT_CLIENT, { id: 'reader', secret: 'a b+c%:ü', scopes: ['flow:read'] }] })
    })
    after(() => caller.close())

    const presets = [
      ['org', '/oauth/token', { ...FORM, ...basic(id, secret) }, 'grant_type=client_credentials&scope=flow%3Aread'],
      ['incontact', '/oauth/token?grant_type=client_credentials', basic(id, secret), ''],
      ['site', '/api/v2/oauth/token', FORM, IN_FORM],
      ['dx', '/api/v2/oauth/token', FORM, IN_FORM],
      ['region', '/oauth2/token', FORM, `${IN_FORM}&scope=flow:read+flow:debug`],
    ] as const
    for (const [preset, path, headers, body] of presets) {
      it(`gives a token that works to the form of the preset ${preset}`, async () => {
        const answer = await ask(body, headers, path)
        expect(answer.status).to.equal(200)
        expect(answer.json()).to.have.all.keys('access_token', 'token_type', 'expires_in', 'scope')
        expect(answer.json()).to.include({ token_type: 'Bearer', expires_in: 3_600 })
        const flow = await caller.call('/api/v2/flows/main-menu', { token: String(answer.json()['access_token']) })
        expect(flow.status).to.equal(200)
      })
    }

    for (const path of ['/oauth/token', '/api/v2/oauth/token', '/oauth2/token']) {
      it(`takes every form at ${path}`, async () => {
        const answers = [
          await ask(IN_FORM, FORM, path),
          await ask('grant_type=client_credentials', { ...FORM, ...basic(id, secret) }, path),
          await ask('', basic(id, secret), `${path}?grant_type=client_credentials&scope=flow:read`),
        ]
        expect(answers.map((answer) => answer.status)).to.deep.equal([200, 200, 200])
      })
    }

    it('lets nobody in between keep an answer, neither a token nor an error', async () => {
      for (const answer of [await ask(IN_FORM), await ask('')]) {
        expect(answer.headers['cache-control']).to.equal('no-store')
        expect(answer.headers['content-type']).to.match(/^application\/json/)
      }
    })

    it('grants everything to a client that asks for no scope, and else what it asks for', async () => {
      expect((await ask(IN_FORM)).json()['scope']).to.equal(ALL_SCOPES.join(' '))
      expect((await ask(`${IN_FORM}&scope=`)).json()['scope']).to.equal(ALL_SCOPES.join(' '))
      expect((await ask(`${IN_FORM}&scope=flow:read`)).json()['scope']).to.equal('flow:read')
    })

    it('reads credentials that are encoded in the Basic header and those that are not', async () => {
      const raw = await ask('grant_type=client_credentials', { ...FORM, ...basic('reader', 'a b+c%:ü') })
      const encoded = await ask('grant_type=client_credentials', { ...FORM, ...basic('reader', 'a+b%2Bc%25%3A%C3%BC') })
      expect([raw.status, encoded.status]).to.deep.equal([200, 200])
    })

    it('refuses a wrong secret, an unknown client and a missing proof as invalid_client, with a challenge', async () => {
      const answers = [
        await ask('grant_type=client_credentials', { ...FORM, ...basic(id, 'wrong') }),
        await ask('grant_type=client_credentials', { ...FORM, ...basic('nobody', secret) }),
        await ask('grant_type=client_credentials', { ...FORM, authorization: 'Basic !!!' }),
        await ask(`grant_type=client_credentials&client_id=${id}&client_secret=wrong`),
        await ask(`grant_type=client_credentials&client_id=${id}`),
        await ask('grant_type=client_credentials'),
      ]
      for (const answer of answers) {
        expect(answer.status).to.equal(401)
        expect(answer.json()['error']).to.equal('invalid_client')
        expect(answer.headers['www-authenticate']).to.match(/^Basic realm=/)
      }
    })

    const refused = [
      ['unsupported_grant_type', IN_FORM.replace('client_credentials', 'password'), FORM],
      ['invalid_request', IN_FORM.replace('grant_type=client_credentials&', ''), FORM],
      ['invalid_request', `${IN_FORM}&grant_type=client_credentials`, FORM],
      ['invalid_request', IN_FORM, { ...FORM, ...basic(id, secret) }],
      ['invalid_request', 'grant_type=client_credentials&client_id=other', { ...FORM, ...basic(id, secret) }],
      ['invalid_request', '{"grant_type":"client_credentials"}', { 'content-type': 'application/json' }],
      ['invalid_scope', `${IN_FORM}&scope=flow:fly`, FORM],
      ['invalid_scope', `${IN_FORM}&scope=flow:read++flow:debug`, FORM],
      ['invalid_scope', `${IN_FORM}&scope=%22`, FORM],
    ] as const
    for (const [error, body, headers] of refused) {
      it(`answers 400 ${error} to ${body}${'authorization' in headers ? ' with Basic' : ''}`, async () => {
        const answer = await ask(body, headers)
        expect(answer.status).to.equal(400)
        expect(answer.json()['error']).to.equal(error)
        expect(answer.json()['error_description']).to.match(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)
      })
    }

    it('refuses a scope that this client is not granted', async () => {
      const answer = await ask('grant_type=client_credentials&scope=flow:debug', { ...FORM, ...basic('reader', 'a b+c%:ü') })
      expect(answer.json()['error']).to.equal('invalid_scope')
    })

    it('refuses a secret in the URL, where logs would keep it', async () => {
      const answer = await ask('', {}, `/oauth/token?${IN_FORM}`)
      expect(answer.json()['error']).to.equal('invalid_request')
    })

    it('ignores parameters that it does not know', async () => {
      expect((await ask(`${IN_FORM}&audience=everybody`)).status).to.equal(200)
    })

    it('takes POST alone', async () => {
      const answer = await caller.call('/oauth/token', { method: 'GET' })
      expect(answer.status).to.equal(405)
      expect(answer.headers['allow']).to.equal('POST, OPTIONS')
    })

    it('keeps no secret in the history', async () => {
      caller.emulator.history.clear()
      await ask(IN_FORM)
      await ask('', {}, `/oauth/token?${IN_FORM}`)
      await caller.call(`/oauth/token?${IN_FORM}`, { method: 'PUT', body: IN_FORM })
      expect(caller.emulator.history.requests()).to.have.length(3)
      expect(JSON.stringify(caller.emulator.history.requests())).not.to.include(secret)
    })
  })
}
