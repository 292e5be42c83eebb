import type { IncomingMessage } from 'node:http'

/** A body that came whole, or why it did not. */
export type ReceivedBody = { readonly bytes: Uint8Array; readonly fault?: never } | { readonly fault: 'too-large' | 'cut-off' }

/** Reads a body up to a limit in bytes, and keeps nothing beyond it. Never rejects. */
export function receiveBody(request: IncomingMessage, limitBytes: number): Promise<ReceivedBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      if (size <= limitBytes) chunks.push(chunk)
      else end({ fault: 'too-large' })
    }
    const onEnd = (): void => end({ bytes: Buffer.concat(chunks) })
    const onClose = (): void => end({ fault: 'cut-off' })
    const end = (body: ReceivedBody): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose)
      resolve(body)
    }
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
  })
}
