import { printable } from '../model/printable.ts'

const EXCERPT_BYTES = 200
/** Enough for a secret that begins inside the excerpt to end inside what is masked. */
const MASKED_BYTES = 16_384

/** Hides secrets in a text. */
export type Mask = (text: string) => string

/**
 * The beginning of a body (at most 200 bytes as UTF-8), fit for a message: secrets are hidden before the cut, white space is one
 * blank, and what a terminal would act on is a visible escape.
 */
export function excerpt(body: Uint8Array, mask: Mask): string {
  return safeText(new TextDecoder().decode(body.subarray(0, MASKED_BYTES)), mask)
}

/** The same for a text of the server's, such as the reason that it gives. */
export function safeText(text: string, mask: Mask): string {
  return cut(printable(mask(text.slice(0, MASKED_BYTES)).replace(/\s+/g, ' ').trim()), EXCERPT_BYTES)
}

function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const room = bytes - Buffer.byteLength('…')
  return `${new TextDecoder().decode(Buffer.from(text).subarray(0, room)).replace(/�+$/, '')}…`
}
