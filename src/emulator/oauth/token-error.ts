import { jsonAnswer, Refusal } from '../exchange.ts'

/** Error codes of the token endpoint (RFC 6749, 5.2). */
export type TokenErrorCode = 'invalid_request' | 'invalid_client' | 'unauthorized_client' | 'unsupported_grant_type' | 'invalid_scope'

/** Answers of the token endpoint are never kept by anyone in between (RFC 6749, 5.1). */
export const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' }

/** A refusal of the token endpoint: 401 with a challenge for a client that did not prove itself, else 400. */
export function tokenRefusal(error: TokenErrorCode, description: string): Refusal {
  const isClient = error === 'invalid_client'
  const headers = isClient ? { ...NO_STORE, 'www-authenticate': 'Basic realm="cxone", charset="UTF-8"' } : NO_STORE
  return new Refusal(jsonAnswer(isClient ? 401 : 400, { error, error_description: described(description) }, headers))
}

/** A description may hold neither double quotes nor backslashes (RFC 6749, 5.2), and not what is not ASCII. */
function described(text: string): string {
  return text.replaceAll('"', "'").replace(/[^\x20-\x7e]|\\/g, '?')
}
