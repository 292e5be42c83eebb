import type { StopSignal } from '../model/stop-signal.ts'
import type { Emulator } from './emulator.ts'
import type { Delivery, EmulatorAnswer } from './exchange.ts'

/** Where the emulator in memory is reached; the name leads nowhere outside it. */
export const IN_MEMORY_BASE_URL = 'http://emulator.internal'

/** One HTTP exchange as a client asks for it. */
export interface InMemoryRequest {
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: StopSignal
}

export interface InMemoryAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** No answer, as a socket would tell it: `ECONNRESET` where the connection broke, `ENOTFOUND` for any other host. */
class ConnectionFailure extends Error {
  readonly code: 'ECONNRESET' | 'ENOTFOUND'

  constructor(code: ConnectionFailure['code'], message: string) {
    super(message)
    this.name = 'ConnectionFailure'
    this.code = code
  }
}

/**
 * The emulator as a client's transport, without a network. The function rejects with an error that has a `code`, `ECONNRESET` where
 * the fault plan drops the connection and `ENOTFOUND` where the URL is not the emulator's, and with the reason of the request's signal when that aborts.
 */
export function inMemory(emulator: Emulator): (request: InMemoryRequest) => Promise<InMemoryAnswer> {
  return async ({ method, url, headers, body, signal }) => {
    signal.throwIfAborted()
    if (!url.startsWith(`${IN_MEMORY_BASE_URL}/`))
      throw new ConnectionFailure('ENOTFOUND', `the emulator in memory is ${IN_MEMORY_BASE_URL}, not ${url}`)
    const answer = await emulator.handle({ method, url: url.slice(IN_MEMORY_BASE_URL.length), headers: lowerCased(headers), body, signal })
    signal.throwIfAborted()
    const bytes = Buffer.from(answer.body)
    if (answer.delivery) await deliver(answer.delivery, bytes.length, emulator, signal)
    return { status: answer.status, headers: { ...answer.headers, ...contentLength(answer, bytes.length) }, body: bytes }
  }
}

async function deliver({ drop, drip }: Delivery, length: number, { settings }: Emulator, signal: StopSignal): Promise<void> {
  if (drop === 'before-answer') throw connectionReset()
  const sent = drop === 'mid-body' ? Math.floor(length / 2) : length
  if (drip) await settings.clock.sleep(Math.floor(sent / drip.bytes) * drip.everyMs, signal)
  if (drop === 'mid-body') throw connectionReset()
}

function connectionReset(): ConnectionFailure {
  return new ConnectionFailure('ECONNRESET', 'the connection was closed by the other side')
}

function contentLength({ status, headers }: EmulatorAnswer, length: number): Record<string, string> {
  return status === 204 || 'content-length' in headers ? {} : { 'content-length': String(length) }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
