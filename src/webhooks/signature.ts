/**
 * Signatures by the Standard Webhooks specification 1.0. Three headers stand beside a body (here with the key of the tests):
 *
 * ```text
 * webhook-id: msg_1
 * webhook-timestamp: 1767323045
 * webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=
 * ```
 *
 * The signature is the Base64 of the HMAC-SHA256 over `ID.TIMESTAMP.BODY`; the timestamp is in seconds. There may be several, separated by
 * spaces, while a sender changes its key.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far the time of a delivery may lie from ours, in either direction. */
const TOLERANCE_S = 300

const KEY_BYTES = { least: 24, most: 64 }
const PREFIX = 'whsec_'

/** A key that both sides hold. */
export type WebhookKey = Uint8Array

/** The key that a text stands for, `whsec_` and 24 to 64 bytes in Base64; `undefined` where it is none. The prefix may be left out. */
export function parseWebhookKey(text: string): WebhookKey | undefined {
  const base64 = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined
  const key = Buffer.from(base64, 'base64')
  return key.length >= KEY_BYTES.least && key.length <= KEY_BYTES.most ? key : undefined
}

/** What is signed: the id stays the same for every try of a delivery, the date is that of the try. */
export interface SignedMessage {
  readonly id: string
  readonly date: Date
  readonly body: string
}

/** The three headers for a body. */
export function signatureHeaders(key: WebhookKey, { id, date, body }: SignedMessage): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(date.getTime() / 1_000))
  const signature = `v1,${mac(key, id, timestamp, body).toString('base64')}`
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
}

/** Why a delivery is not from whom it should be, as a sentence without anything that was sent; `undefined` where it is. Compares in constant time. */
export function signatureFault(
  key: WebhookKey,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: Uint8Array,
  now: Date,
): string | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
  if (!isText(id) || !isText(timestamp) || !isText(signatures)) return 'the signature is missing'
  if (!/^\d{1,12}$/.test(timestamp)) return 'the time of the signature is no number of seconds'
  const ageS = now.getTime() / 1_000 - Number(timestamp)
  if (ageS > TOLERANCE_S) return 'the signature is too old'
  if (ageS < -TOLERANCE_S) return 'the signature is from the future'
  const expected = mac(key, id, timestamp, body)
  const isRight = signatures.split(' ').some((signature) => isSame(signature, expected))
  return isRight ? undefined : 'the signature is wrong'
}

function mac(key: WebhookKey, id: string, timestamp: string, body: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
}

function isSame(signature: string, expected: Buffer): boolean {
  if (!signature.startsWith('v1,')) return false
  const given = Buffer.from(signature.slice('v1,'.length), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function isText(header: string | readonly string[] | undefined): header is string {
  return typeof header === 'string' && header !== ''
}
