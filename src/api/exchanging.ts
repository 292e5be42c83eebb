import type { Clock } from '../model/clock.ts'
import type { Alarm } from './alarm.ts'
import type { Call, Reply } from './call.ts'
import { QuotaSpentError, type RetryQuota } from './retry-quota.ts'
import type { HttpRequest, Transport } from './send.ts'
import { late, toTransportError } from './transport-error.ts'
import { within } from './within.ts'

/** Sends one HTTP request for a call. */
export type SendHttp = (http: Omit<HttpRequest, 'signal' | 'deadlineAtMs'>, call: Call) => Promise<Reply>

export interface ExchangingOptions {
  readonly clock: Clock
  readonly alarm: Alarm
  readonly quota: RetryQuota
}

/**
 * One exchange over the transport, timed and bounded by the call's deadline. Rejects with a `TransportError` where there is no whole
 * answer, with a `QuotaSpentError` for a repetition that is one too many, and with the signal's reason on abort. What a bug throws is
 * let through.
 */
export function exchanging(transport: Transport, { clock, alarm, quota }: ExchangingOptions): SendHttp {
  return async ({ method, url, headers, body }, call) => {
    const { signal, deadline } = call
    signal.throwIfAborted()
    if (deadline.leftMs === 0) throw late({ sent: false })
    payFor(call, quota)
    const startedAtMs = clock.now()
    call.attempts += 1
    try {
      // The call's own signal and deadline go down as they are: an AbortController for each request would cost a third of its time.
      const request = { method, url, headers, signal, deadlineAtMs: deadline.atMs, ...(body !== undefined && { body }) }
      const answer = await within(call, transport(request), { alarm, late: () => late({ sent: true }) })
      return { latencyMs: clock.now() - startedAtMs, ...answer }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw isBug(error) ? error : toTransportError(error, { sent: true })
    }
  }
}

/** Paid when it is sent and not before it waits: of many that were put off together, the first to succeed pay for the others. */
function payFor(call: Call, quota: RetryQuota): void {
  if (!call.isRepetition) return
  if (!quota.take()) throw new QuotaSpentError()
  call.repetitions += 1
  call.isRepetition = false
}

function isBug(error: unknown): boolean {
  const isProgramming = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
  return isProgramming && !('code' in error)
}
