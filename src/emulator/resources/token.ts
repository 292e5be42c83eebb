import { bodyText, hasBody, mediaType } from '../body.ts'
import { type EmulatorRequest, jsonAnswer } from '../exchange.ts'
import { type CredentialReadings, readCredentials } from '../oauth/client-credentials.ts'
import { NO_STORE, tokenRefusal } from '../oauth/token-error.ts'
import type { EmulatorClient } from '../oauth/token-store.ts'
import type { Operation } from '../operation.ts'

const FORM_MEDIA_TYPE = 'application/x-www-form-urlencoded'
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/
const MS = 1_000

/**
 * The token endpoint (RFC 6749, 4.4) under every path that deployments use. Each of them takes each form: HTTP Basic or
 * credentials in the form, the grant in the form or in the query.
 */
export const token: Operation = {
  api: 'token',
  method: 'POST',
  paths: ['/oauth/token', '/api/v2/oauth/token', '/oauth2/token'],
  access: 'anyone',
  answer({ request, query, entry }, { settings, tokens }) {
    const form = readParameters(request, query)
    const grantType = form.get('grant_type')
    if (!grantType) throw tokenRefusal('invalid_request', 'grant_type is missing: send grant_type=client_credentials')
    const client = findClient(settings.clients, readCredentials(request.headers['authorization'], form))
    if (grantType !== 'client_credentials') {
      throw tokenRefusal('unsupported_grant_type', 'the only grant type is client_credentials')
    }
    if (entry) entry.clientId = client.id
    const scopes = grantedScopes(client, form.get('scope'))
    const accessToken = tokens.issue({ clientId: client.id, scopes }, settings.tokenLifetimeS * MS)
    const body = { access_token: accessToken, token_type: 'Bearer', expires_in: settings.tokenLifetimeS, scope: scopes.join(' ') }
    return jsonAnswer(200, body, NO_STORE)
  },
}

/** The parameters of form and query together; one without a value counts as left out, and one that stands twice is refused (RFC 6749, 3.2). */
function readParameters(request: EmulatorRequest, query: URLSearchParams): URLSearchParams {
  if (query.has('client_secret'))
    throw tokenRefusal('invalid_request', 'client_secret must not stand in the URL: use HTTP Basic or the form')
  const parameters = new URLSearchParams()
  for (const [name, value] of [...query, ...readForm(request)]) {
    if (value === '') continue
    if (parameters.has(name)) throw tokenRefusal('invalid_request', `${name} stands more than once`)
    parameters.append(name, value)
  }
  return parameters
}

function readForm(request: EmulatorRequest): URLSearchParams {
  if (!hasBody(request)) return new URLSearchParams()
  const type = mediaType(request.headers['content-type'] ?? FORM_MEDIA_TYPE)
  if (type === FORM_MEDIA_TYPE) return new URLSearchParams(bodyText(request))
  throw tokenRefusal('invalid_request', `send the parameters as "Content-Type: ${FORM_MEDIA_TYPE}"`)
}

function findClient(clients: readonly EmulatorClient[], readings: CredentialReadings): EmulatorClient {
  const client = clients.find(({ id, secret }) => readings.some((reading) => reading.id === id && reading.secret === secret))
  if (client) return client
  throw tokenRefusal('invalid_client', 'unknown client, or wrong client secret')
}

/** What is asked for, or everything that the client is granted where it asks for nothing. */
function grantedScopes(client: EmulatorClient, asked: string | null): readonly string[] {
  if (asked === null) return client.scopes
  if (!SCOPE.test(asked)) throw tokenRefusal('invalid_scope', 'scope has to be names with one space in between')
  const scopes = [...new Set(asked.split(' '))]
  const beyond = scopes.filter((scope) => !client.scopes.includes(scope))
  if (beyond.length > 0) throw tokenRefusal('invalid_scope', `the client is not granted ${beyond.join(', ')}`)
  return scopes
}
