import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../model/clock.ts'
import { errorAnswer } from '../exchange.ts'

/** How long a body that is too large is drained, so that its sender gets to read the answer. */
const DRAIN_MS = 5_000

/** Answers 413 at once, throws the rest of the body away for a while, and then closes the connection. */
export async function refuseBody(request: IncomingMessage, response: ServerResponse, maxBytes: number, clock: Clock): Promise<void> {
  const { headers, body } = errorAnswer(413, 'body_too_large', `the body is larger than ${maxBytes} bytes`)
  response.writeHead(413, { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' })
  response.write(body)
  const isDrained = new AbortController()
  for (const event of ['end', 'close', 'error']) request.once(event, () => isDrained.abort())
  request.resume()
  await clock.sleep(DRAIN_MS, isDrained.signal).catch(() => undefined)
  response.end()
}
