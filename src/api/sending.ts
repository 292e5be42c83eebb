import type { Clock } from '../model/clock.ts'
import { ProblemError } from '../model/problem.ts'
import type { Alarm } from './alarm.ts'
import type { Blocks } from './blocks.ts'
import type { Call, Exchange } from './call.ts'
import type { SendHttp } from './exchanging.ts'
import type { Gate } from './gate.ts'
import { nextPageUrl } from './next-page-url.ts'
import type { ApiRequest, HttpRequest } from './send.ts'
import type { TokenCache } from './token-cache.ts'
import { TransportError } from './transport-error.ts'
import { within } from './within.ts'

export interface SendingOptions {
  readonly clock: Clock
  readonly alarm: Alarm
  readonly gate: Gate
  readonly blocks: Blocks
  readonly tokens: TokenCache
  readonly sendHttp: SendHttp
  readonly baseUrl: string
  readonly userAgent: string
}

/**
 * Sends a call once, under the limits of its API and with a token. The token is taken when the turn has come, since a turn can be
 * longer in coming than a token lives, and it is not used where a block has come up by then. Waiting for a turn is not held against the target: it does not count as the call's time.
 */
export function sending(options: SendingOptions): Exchange {
  const { clock, gate, blocks, sendHttp } = options
  return async (call) => {
    const askedAtMs = clock.now()
    const turn = await gate.enter(call)
    call.deadline.extend(clock.now() - askedAtMs)
    let healthy = false
    try {
      blocks.check(call.request.api)
      call.token = await tokenFor(call, options)
      turn.start()
      const reply = await sendHttp(httpRequest(call, options), call)
      healthy = reply.status !== 429 && reply.status < 500
      return reply
    } finally {
      turn.leave(healthy)
    }
  }
}

function tokenFor(call: Call, { tokens, alarm, blocks }: SendingOptions): string | Promise<string> {
  const token = tokens.get((reason, delayMs) => call.retried(`token: ${reason}`, delayMs))
  if (typeof token === 'string') return token
  const late = (): TransportError =>
    new TransportError('timeout', 'no token came before the time for the whole call was over', { sent: false })
  return within(call, token, { alarm, late }).catch((error: unknown) => {
    // Remembered before this call gives its place away, or whoever takes it would ask for a token too.
    if (error instanceof ProblemError) blocks.remember(error.problem)
    throw error
  })
}

function httpRequest(call: Call, { baseUrl, userAgent }: SendingOptions): Omit<HttpRequest, 'signal' | 'deadlineAtMs'> {
  const { method, headers, body } = call.request
  const own = {
    accept: 'application/json',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': userAgent,
    'x-correlation-id': call.correlationId,
    authorization: `Bearer ${call.token}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  return {
    method,
    url: addressOf(baseUrl, call.request),
    headers: headers ? { ...headers, ...own } : own,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
}

/** The slash ends the part of an address that names the host: what follows it cannot lead the token elsewhere. */
function addressOf(baseUrl: string, { path, query, nextPageUri }: ApiRequest): string {
  if (!path.startsWith('/')) throw new Error(`a path has to start with "/": ${path}`)
  if (nextPageUri !== undefined) return nextPageUrl(nextPageUri, baseUrl, path)
  return query === undefined ? baseUrl + path : `${baseUrl}${path}?${new URLSearchParams(query)}`
}
