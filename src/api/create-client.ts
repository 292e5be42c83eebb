import { setMaxListeners } from 'node:events'
import { ProblemError } from '../model/problem.ts'
import { Alarm } from './alarm.ts'
import { Blocks } from './blocks.ts'
import { Call } from './call.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import type { ClientOptions } from './client-options.ts'
import { Deadline } from './deadline.ts'
import { exchanging } from './exchanging.ts'
import { Gate } from './gate.ts'
import { type Bench, judgeReply } from './judge-reply.ts'
import { judgeTransportError } from './judge-transport-error.ts'
import { observed } from './observed.ts'
import { renewing } from './renewing.ts'
import { RetryQuota } from './retry-quota.ts'
import { retrying } from './retrying.ts'
import type { ApiAnswer, Client } from './send.ts'
import { sending } from './sending.ts'
import { TokenCache } from './token-cache.ts'
import { tokenSource } from './token-source.ts'
import { TransportError } from './transport-error.ts'

/**
 * A target that is ready to be called. Opens nothing before the first request. From the outside to the inside, a request passes: the
 * blocks, the retries with their circuit breaker and quota, the renewal of the token, the limits, the deadline, the transport.
 */
export function createClient(options: ClientOptions): Client {
  const { clock, transport } = options
  const closing = new AbortController()
  const call = caller(options, closing.signal)
  return {
    with: (context) => {
      // One signal may serve any number of calls; Node warns of a leak at the eleventh listener of its own.
      if (context.signal instanceof AbortSignal) setMaxListeners(0, context.signal)
      return observed(call, context, (request, onRetry) => {
        const { correlationId = options.correlationId() } = request
        const deadline = new Deadline({ clock, budgetMs: options.timeouts.callMs, hardAtMs: context.deadlineAtMs })
        return new Call({ request, correlationId, signal: context.signal, deadline, onRetry })
      })
    },
    close: async () => {
      closing.abort(new Error('the client is closed'))
      await transport.close?.()
    },
  }
}

/** What sends a call and judges its answers, with everything that calls share. */
function caller(options: ClientOptions, signal: AbortSignal): (call: Call) => Promise<ApiAnswer> {
  const { clock, random, target } = options
  const alarm = new Alarm(clock)
  const blocks = new Blocks()
  const gate = new Gate({ clock, alarm, limits: options.limits })
  const bench: Bench = { clientId: target.clientId, mask: options.mask ?? ((text) => text), date: () => clock.date() }
  const quota = new RetryQuota()
  const sendHttp = exchanging(options.transport, { clock, alarm, quota })
  const retry = { clock, random, quota, breaker: new CircuitBreaker(clock, target.name) }
  const tokens = new TokenCache(clock, tokenSource({ client: options, clock, bench, sendHttp, retry, signal }))
  const exchange = sending({ clock, alarm, gate, blocks, tokens, sendHttp, baseUrl: target.baseUrl, userAgent: options.userAgent })
  const persistently = retrying(renewing(exchange, tokens), {
    ...retry,
    judge: (call, outcome) =>
      outcome instanceof TransportError ? judgeTransportError(call, outcome, bench) : judgeReply(call, outcome, bench),
    onPause: (api, untilMs) => gate.pause(api, untilMs),
  })
  return unlessBlocked(persistently, blocks)
}

function unlessBlocked(next: (call: Call) => Promise<ApiAnswer>, blocks: Blocks): (call: Call) => Promise<ApiAnswer> {
  return async (call) => {
    blocks.check(call.request.api)
    try {
      return await next(call)
    } catch (error) {
      if (error instanceof ProblemError) blocks.remember(error.problem)
      throw error
    }
  }
}
