import { tokenRefusal } from './token-error.ts'

/** How a client proves itself. A client that encodes its id and secret as RFC 6749 (2.3.1) asks reads the same as one that does not. */
interface Credentials {
  readonly id: string
  readonly secret: string
}

/** Every way to read the pair of a Basic header: as it stands, and form-decoded. */
export type CredentialReadings = readonly Credentials[]

const BASIC = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i

/**
 * The credentials of a token request, from the `Authorization` header or from the form. Throws `invalid_client` where there are
 * none or they cannot be read, and `invalid_request` where there are two.
 */
export function readCredentials(authorization: string | undefined, form: URLSearchParams): CredentialReadings {
  const id = form.get('client_id') ?? ''
  const secret = form.get('client_secret') ?? ''
  if (authorization === undefined) {
    if (id && secret) return [{ id, secret }]
    throw tokenRefusal('invalid_client', 'send the client id and secret, by HTTP Basic or as client_id and client_secret in the form')
  }
  if (secret) throw tokenRefusal('invalid_request', 'the client proves itself twice, by HTTP Basic and in the form')
  const readings = readBasic(authorization)
  if (id && !readings.some((reading) => reading.id === id)) {
    throw tokenRefusal('invalid_request', 'client_id in the form is another client than the one of HTTP Basic')
  }
  return readings
}

function readBasic(authorization: string): CredentialReadings {
  const encoded = BASIC.exec(authorization)?.[1]
  const pair = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 0) throw tokenRefusal('invalid_client', 'the Authorization header is not "Basic" with the Base64 of "id:secret"')
  const raw = { id: pair.slice(0, colon), secret: pair.slice(colon + 1) }
  return [raw, { id: formDecoded(raw.id), secret: formDecoded(raw.secret) }]
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
