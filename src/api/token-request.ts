import type { ApiTarget } from './client-options.ts'
import type { HttpRequest } from './send.ts'

/**
 * The request for a token by client credentials, in the form that the target wants: the client proves itself by HTTP Basic or in the
 * form, and `grant_type` and `scope` stand in the body or in the query. Form bodies and Basic follow RFC 6749, section 2.3.1:
 *
 *     POST /oauth/token                                  POST /oauth/token?grant_type=client_credentials
 *     Authorization: Basic aWQ6c2VjcmV0                  Content-Type: application/x-www-form-urlencoded
 *     Content-Type: application/x-www-form-urlencoded
 *                                                        client_id=id&client_secret=secret
 *     grant_type=client_credentials&scope=flow%3Aread
 */
export function tokenRequest(target: ApiTarget): Omit<HttpRequest, 'signal'> {
  const grant = { grant_type: 'client_credentials', ...(target.scope !== undefined && { scope: target.scope }) }
  const inQuery = target.grantIn === 'query'
  const body = new URLSearchParams({
    ...(inQuery ? {} : grant),
    ...(target.clientAuthentication === 'form' && { client_id: target.clientId, client_secret: target.clientSecret }),
  }).toString()
  return {
    method: 'POST',
    url: inQuery ? withQuery(target.tokenUrl, grant) : target.tokenUrl,
    headers: {
      accept: 'application/json',
      ...(body !== '' && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(target.clientAuthentication === 'basic' && { authorization: `Basic ${basicCredentials(target)}` }),
    },
    ...(body !== '' && { body }),
  }
}

/** `id:secret`, each form-encoded, in Base64. */
export function basicCredentials({ clientId, clientSecret }: Pick<ApiTarget, 'clientId' | 'clientSecret'>): string {
  return Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')
}

function formEncoded(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length)
}

function withQuery(url: string, parameters: Readonly<Record<string, string>>): string {
  const whole = new URL(url)
  for (const [name, value] of Object.entries(parameters)) whole.searchParams.set(name, value)
  return whole.href
}
