import type { ServerResponse } from 'node:http'
import type { Clock } from '../../model/clock.ts'
import type { StopSignal } from '../../model/stop-signal.ts'
import type { EmulatorAnswer } from '../exchange.ts'

/** Statuses whose answers have no body, and so no length either (RFC 9110, 8.6). */
const WITHOUT_BODY = new Set([204, 304])

/** Sends an answer as its delivery says. Resolves when it is out, or the connection is broken as asked; rejects with the signal's reason. */
export async function sendAnswer(response: ServerResponse, answer: EmulatorAnswer, clock: Clock, signal: StopSignal): Promise<void> {
  const { drop, drip } = answer.delivery ?? {}
  if (drop === 'before-answer') {
    response.socket?.resetAndDestroy()
    return
  }
  writeHead(response, answer)
  if (!drop && !drip) {
    response.end(answer.body)
    return
  }
  const bytes = Buffer.from(answer.body)
  const sent = drop ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes
  if (drip) await trickle(response, sent, drip, clock, signal)
  else await write(response, sent)
  if (drop) response.socket?.destroy()
  else response.end()
}

function writeHead(response: ServerResponse, { status, headers, body }: EmulatorAnswer): void {
  const hasLength = WITHOUT_BODY.has(status) || 'content-length' in headers
  response.writeHead(status, hasLength ? headers : { ...headers, 'content-length': Buffer.byteLength(body) })
}

async function trickle(
  response: ServerResponse,
  bytes: Uint8Array,
  drip: { readonly bytes: number; readonly everyMs: number },
  clock: Clock,
  signal: StopSignal,
): Promise<void> {
  for (let start = 0; start < bytes.length; start += drip.bytes) {
    if (start > 0) await clock.sleep(drip.everyMs, signal)
    await write(response, bytes.subarray(start, start + drip.bytes))
  }
}

function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  if (bytes.length === 0) return Promise.resolve()
  return new Promise((resolve) => response.write(bytes, () => resolve()))
}
