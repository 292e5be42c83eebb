import type { Clock } from '../model/clock.ts'
import type { Alarm } from './alarm.ts'
import type { Call, Reply } from './call.ts'
import type { HttpAnswer, HttpRequest, Transport } from './send.ts'
import { late, toTransportError } from './transport-error.ts'
import { within } from './within.ts'

/** Sends one HTTP request for a call. */
export type SendHttp = (http: Omit<HttpRequest, 'signal' | 'deadlineAtMs'>, call: Call) => Promise<Reply>

/**
 * One exchange over the transport, timed and bounded by the call's deadline. Rejects with a `TransportError` where there is no whole
 * answer, and with the signal's reason on abort. What a bug throws is let through.
 */
export function exchanging(transport: Transport, { clock, alarm }: { readonly clock: Clock; readonly alarm: Alarm }): SendHttp {
  // The call's own signal and deadline go down as they are: an AbortController for each request would cost a third of its time.
  const exchange = async (http: Omit<HttpRequest, 'signal'>, { signal, deadline }: Call): Promise<HttpAnswer> =>
    transport({ ...http, signal, deadlineAtMs: deadline.atMs })
  return async (http, call) => {
    call.signal.throwIfAborted()
    const startedAtMs = clock.now()
    call.attempts += 1
    try {
      const answer = await within(call, exchange(http, call), { alarm, late: () => late({ sent: true }) })
      return { ...answer, latencyMs: clock.now() - startedAtMs }
    } catch (error) {
      if (call.signal.aborted) throw call.signal.reason
      throw isBug(error) ? error : toTransportError(error, { sent: true })
    }
  }
}

function isBug(error: unknown): boolean {
  const isProgramming = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
  return isProgramming && !('code' in error)
}
