import { expect } from 'chai'
import type { ApiTarget } from '../../src/api/client-options.ts'
import { tokenRequest } from '../../src/api/token-request.ts'
import { TARGET } from './support/client-under-test.ts'

const BASIC = `Basic ${Buffer.from('client-7:s3cret-value').toString('base64')}`

function request(changes: Partial<ApiTarget>) {
  const { url, headers, body, method } = tokenRequest({ ...TARGET, ...changes })
  return { method, url, headers, body }
}

describe('tokenRequest', () => {
  const form = 'application/x-www-form-urlencoded'
  const forms: readonly (readonly [string, Partial<ApiTarget>, { query?: string; body?: string; authorization?: string }])[] = [
    [
      'HTTP Basic, grant and scope in the form',
      { scope: 'flow:debug flow:read' },
      { body: 'grant_type=client_credentials&scope=flow%3Adebug+flow%3Aread', authorization: BASIC },
    ],
    ['HTTP Basic, grant in the form', {}, { body: 'grant_type=client_credentials', authorization: BASIC }],
    ['HTTP Basic, grant in the query, no body', { grantIn: 'query' }, { query: '?grant_type=client_credentials', authorization: BASIC }],
    [
      'HTTP Basic, grant and scope in the query',
      { grantIn: 'query', scope: 'a b' },
      { query: '?grant_type=client_credentials&scope=a+b', authorization: BASIC },
    ],
    [
      'credentials and grant in the form',
      { clientAuthentication: 'form' },
      { body: 'grant_type=client_credentials&client_id=client-7&client_secret=s3cret-value' },
    ],
    [
      'credentials, grant and scope in the form',
      { clientAuthentication: 'form', scope: 'flow:read' },
      { body: 'grant_type=client_credentials&scope=flow%3Aread&client_id=client-7&client_secret=s3cret-value' },
    ],
    [
      'credentials in the form, grant in the query',
      { clientAuthentication: 'form', grantIn: 'query' },
      { query: '?grant_type=client_credentials', body: 'client_id=client-7&client_secret=s3cret-value' },
    ],
  ]
  for (const [name, changes, { query = '', body, authorization }] of forms) {
    it(`proves the client by ${name}`, () => {
      expect(request(changes)).to.deep.equal({
        method: 'POST',
        url: TARGET.tokenUrl + query,
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': form }),
          ...(authorization !== undefined && { authorization }),
        },
        body,
      })
    })
  }

  it('form-encodes id and secret inside HTTP Basic, as RFC 6749 asks', () => {
    const { headers } = request({ clientId: 'a:b c', clientSecret: 'ü%&+=/' })
    expect(Buffer.from(headers['authorization']?.slice('Basic '.length) ?? '', 'base64').toString()).to.equal(
      'a%3Ab+c:%C3%BC%25%26%2B%3D%2F',
    )
  })

  it('keeps what the token URL has in its query', () => {
    expect(request({ grantIn: 'query', tokenUrl: 'http://api.internal/token?tenant=1' }).url).to.equal(
      'http://api.internal/token?tenant=1&grant_type=client_credentials',
    )
  })
})
