import type { Call, Exchange } from './call.ts'
import type { TokenCache } from './token-cache.ts'

/** Answers a 401 with a new token and one replay. A call gets that once, whatever the number of its attempts. */
export function renewing(next: Exchange, tokens: TokenCache): Exchange {
  const renewed = new WeakSet<Call>()
  return async (call) => {
    const reply = await next(call)
    if (reply.status !== 401 || renewed.has(call)) return reply
    renewed.add(call)
    tokens.refuse(call.token)
    call.retried('401, the token is renewed', 0)
    return next(call)
  }
}
