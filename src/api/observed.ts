import { printable } from '../model/printable.ts'
import { type Problem, ProblemError } from '../model/problem.ts'
import type { Call, CallOptions } from './call.ts'
import type { ApiAnswer, ApiRequest, CallContext, RequestEvent, Send } from './send.ts'

type MakeCall = (request: ApiRequest, onRetry: CallOptions['onRetry']) => Call

/**
 * A `Send` that tells the context of each request: intended before anything is sent, then each retry, then answered or failed. A request
 * that a bug of ours ends is told of no more: the bug is thrown on.
 */
export function observed(next: (call: Call) => Promise<ApiAnswer>, { observe }: CallContext, makeCall: MakeCall): Send {
  let count = 0
  return async (apiRequest) => {
    const request = count++
    const call = makeCall(apiRequest, (retry) => observe({ type: 'request-retried', request, ...retry }))
    observe(intended(request, call))
    try {
      const answer = await next(call)
      const { status, latencyMs, attempts } = answer
      observe({ type: 'request-answered', request, status, latencyMs, attempts, correlationId: call.correlationId })
      return answer
    } catch (error) {
      const problem = problemOf(error, call)
      if (problem) observe({ type: 'request-failed', request, attempts: call.attempts, problem })
      throw error
    }
  }
}

function intended(request: number, { request: { api, method, path, body, startsJob }, correlationId }: Call): RequestEvent {
  const told = { type: 'request-intended', request, api, method, path, correlationId, ...(body !== undefined && { body }) } as const
  return startsJob ? { ...told, startsJob } : told
}

function problemOf(error: unknown, call: Call): Problem | undefined {
  if (error instanceof ProblemError) return error.problem
  return call.signal.aborted ? abandoned(call) : undefined
}

function abandoned(call: Call): Problem {
  const { reason } = call.signal
  const why = printable(reason instanceof Error ? reason.message : String(reason))
  const { method, path, startsJob } = call.request
  const mayHaveStarted = startsJob === true && call.attempts > 0
  return {
    code: 'ABORTED',
    message: `${call.label} was given up: ${why}${mayHaveStarted ? '; it had been sent and may have started a job' : ''}`,
    details: { method, path, attempts: call.attempts, correlationId: call.correlationId },
  }
}
