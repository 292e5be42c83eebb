import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'

/**
 * The headers of a webhook by the Standard Webhooks specification 1.0: its id, the time of this try in seconds, and, with a secret,
 * `v1,` and the base64 of the HMAC-SHA256 over `ID.TIMESTAMP.BODY`.
 */
export function webhookHeaders(id: string, date: Date, body: string, secret: string | undefined): Record<string, string> {
  const timestamp = String(Math.floor(date.getTime() / 1_000))
  const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': timestamp }
  if (secret === undefined) return headers
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { ...headers, 'webhook-signature': `v1,${signature}` }
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64')
}
