import type { IncomingMessage } from 'node:http'

/** Why there is no body: it is larger than allowed, or the client went away before its end. */
export type NoBody = 'too-large' | 'aborted'

/** True where the request announces a body of more than `maxBytes`. */
export function announcesTooMuch(message: IncomingMessage, maxBytes: number): boolean {
  return Number(message.headers['content-length'] ?? 0) > maxBytes
}

/** Reads a request's body whole, `undefined` where it has none. What is too large is not kept: the rest is left in the stream. */
export function readBody(message: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined | NoBody> {
  if (announcesTooMuch(message, maxBytes)) return Promise.resolve('too-large')
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let size = 0
    message.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size > maxBytes) resolve('too-large')
      else chunks.push(chunk)
    })
    message.once('end', () => resolve(size === 0 ? undefined : Buffer.concat(chunks)))
    message.once('close', () => resolve('aborted'))
    message.once('error', () => resolve('aborted'))
  })
}
