import type { Clock } from '../model/clock.ts'
import { ProblemError } from '../model/problem.ts'
import { Call, type Exchange } from './call.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { ClientOptions } from './client-options.ts'
import { Deadline } from './deadline.ts'
import { decoder } from './decode.ts'
import type { SendHttp } from './exchanging.ts'
import type { Bench } from './judge-reply.ts'
import { judgeTokenReply } from './judge-token-reply.ts'
import { judgeTransportError } from './judge-transport-error.ts'
import { type RetryOptions, retrying } from './retrying.ts'
import type { ApiAnswer } from './send.ts'
import type { FreshToken, OnRetry } from './token-cache.ts'
import { basicCredentials, tokenRequest } from './token-request.ts'
import { TransportError } from './transport-error.ts'

interface TokenAnswer {
  readonly access_token: string
  readonly expires_in?: unknown
}

const toTokenAnswer = decoder<TokenAnswer>('token-answer')

export interface TokenSourceOptions {
  readonly client: Pick<ClientOptions, 'target' | 'timeouts' | 'correlationId' | 'userAgent' | 'onSecret'>
  readonly clock: Clock
  readonly bench: Bench
  readonly sendHttp: SendHttp
  readonly retry: Omit<RetryOptions, 'judge' | 'onPause'> & { readonly breaker: Pick<CircuitBreaker, 'begin'> }
  /** Aborts when the client is closed. */
  readonly signal: AbortSignal
}

/** Asks for a token, with the retries of any call. The function rejects with a `ProblemError`. */
export function tokenSource(options: TokenSourceOptions): (onRetry: OnRetry) => Promise<FreshToken> {
  const { client, bench, sendHttp, retry } = options
  const { target, onSecret } = client
  const exchange: Exchange = (call) => {
    const request = tokenRequest(target)
    return sendHttp(
      { ...request, headers: { ...request.headers, 'user-agent': client.userAgent, 'x-correlation-id': call.correlationId } },
      call,
    )
  }
  const send = retrying(exchange, {
    ...retry,
    // The call that needs the token was admitted already; where it is the probe, a second admission would be refused.
    breaker: { admit: () => retry.breaker.begin(), record: (...outcome) => retry.breaker.record(...outcome) },
    judge: (call, outcome) =>
      outcome instanceof TransportError ? judgeTransportError(call, outcome, bench) : judgeTokenReply(call, outcome, { target, bench }),
    onPause: () => {},
  })
  onSecret?.(basicCredentials(target))
  return async (onRetry) => {
    const token = toToken(await send(tokenCall(options, onRetry)))
    onSecret?.(token.value)
    return token
  }
}

function tokenCall({ client, clock, signal }: TokenSourceOptions, onRetry: OnRetry): Call {
  return new Call({
    request: { api: 'token', scopes: [], method: 'POST', path: client.target.tokenUrl },
    correlationId: client.correlationId(),
    signal,
    deadline: new Deadline({ clock, budgetMs: client.timeouts.callMs }),
    onRetry: ({ reason, delayMs }) => onRetry(reason, delayMs),
  })
}

/** Proves the answer, and keeps its body out of what is said about it. */
function toToken(answer: ApiAnswer): FreshToken {
  try {
    const { access_token, expires_in } = toTokenAnswer(answer)
    return { value: access_token, expiresIn: expires_in }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { method, path } = answer.of ?? {}
    throw new ProblemError({
      code: 'PROTOCOL_ERROR',
      message: `${method} ${path} was answered ${answer.status}, but not with a token that can be used (its body is not shown, as it may hold one)`,
      advice: 'check the token URL of the target',
      blocks: 'target',
      details: { method, path, status: answer.status, correlationId: answer.of?.correlationId },
    })
  }
}
