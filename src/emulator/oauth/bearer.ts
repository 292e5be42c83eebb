import { refuse } from '../exchange.ts'
import type { Grant, TokenStore } from './token-store.ts'

const REALM = 'cxone'
const SCHEME = /^bearer +(\S+) *$/i

/** The token of an `Authorization: Bearer …` header; `undefined` for everything else. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return SCHEME.exec(authorization ?? '')?.[1]
}

/**
 * The grant of the request's token. Throws a refusal, 401 for a token that is missing or no longer good and 403 where it lacks
 * one of the scopes, each with its challenge (RFC 6750, 3).
 */
export function authorize(authorization: string | undefined, scopes: readonly string[], tokens: TokenStore): Grant {
  const token = bearerToken(authorization)
  if (token === undefined) {
    throw challenge(401, 'missing_token', 'send a token of the token endpoint as "Authorization: Bearer …"', '')
  }
  const grant = tokens.find(token)
  if (typeof grant === 'string') {
    const message = `the access token is ${grant}`
    throw challenge(401, 'invalid_token', message, `, error="invalid_token", error_description="${message}"`)
  }
  const missing = scopes.filter((scope) => !grant.scopes.includes(scope))
  if (missing.length > 0) {
    const message = `the access token lacks the scope ${missing.join(' ')}`
    throw challenge(403, 'insufficient_scope', message, `, error="insufficient_scope", scope="${scopes.join(' ')}"`)
  }
  return grant
}

function challenge(status: number, error: string, message: string, parameters: string): Error {
  return refuse(status, error, message, { headers: { 'www-authenticate': `Bearer realm="${REALM}"${parameters}` } })
}
