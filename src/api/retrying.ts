import type { Clock } from '../model/clock.ts'
import { type Problem, ProblemError } from '../model/problem.ts'
import { backoffMs } from './backoff.ts'
import type { Call, Exchange, Reply } from './call.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import { QuotaSpentError, type RetryQuota } from './retry-quota.ts'
import { seconds } from './seconds.ts'
import type { ApiAnswer } from './send.ts'
import { TransportError } from './transport-error.ts'
import type { Failure, Judge, Verdict } from './verdict.ts'

/** Attempts that may fail before a call does. Those that the target put off with a valid `Retry-After` on 429 are not counted. */
const MAX_FAILURES = 3
/** In any case. */
const MAX_ATTEMPTS = 10

export interface RetryOptions {
  readonly clock: Clock
  readonly random: () => number
  readonly breaker: Pick<CircuitBreaker, 'admit' | 'record'>
  readonly quota: RetryQuota
  readonly judge: Judge
  /** Told where the target asks for a pause of an API, with its end on the clock. */
  readonly onPause: (api: string, untilMs: number) => void
}

/**
 * Sends a call until it is answered well, as often as its answers, the time that is left, the shared quota and the circuit breaker
 * allow. Resolves with an answer that its judge calls done; rejects with a `ProblemError` or, on abort, with the signal's reason.
 */
export function retrying(next: Exchange, options: RetryOptions): (call: Call) => Promise<ApiAnswer> {
  const { clock, quota } = options
  return async (call) => {
    quota.callStarted()
    let failures = 0
    for (let last: Failure | undefined; ; ) {
      const verdict = await attempt(next, call, last, options)
      if (verdict.kind === 'done') {
        quota.giveBack(call.repetitions)
        return { attempts: call.attempts, ...verdict.answer }
      }
      failures += verdict.throttled ? 0 : 1
      const delayMs = delayBefore(call, verdict, failures, options)
      if (verdict.retryAfterMs !== undefined || verdict.problem.code === 'RATE_LIMITED') options.onPause(call.lane, clock.now() + delayMs)
      call.retried(verdict.reason, delayMs)
      await clock.sleep(delayMs, call.signal)
      last = verdict
    }
  }
}

/** One attempt, told to the circuit breaker whatever comes of it. */
async function attempt(next: Exchange, call: Call, last: Failure | undefined, { breaker, judge }: RetryOptions): Promise<Verdict> {
  const admission = breaker.admit()
  let verdict: Verdict | undefined
  try {
    call.isRepetition = last !== undefined
    verdict = judge(call, await outcomeOf(next, call))
    return verdict
  } catch (error) {
    throw error instanceof QuotaSpentError && last
      ? gaveUp(call, last.problem, 'the target fails so often that it is not sent again')
      : error
  } finally {
    breaker.record(admission, verdict?.strain ?? 'unknown', verdict?.kind === 'failed' ? `${call.label}: ${verdict.reason}` : '')
  }
}

async function outcomeOf(next: Exchange, call: Call): Promise<Reply | TransportError> {
  try {
    return await next(call)
  } catch (error) {
    if (error instanceof TransportError) return error
    throw error
  }
}

/** Milliseconds to wait before the next attempt. Throws the problem, with why there is none, where there is to be no next attempt. */
function delayBefore(call: Call, failure: Failure, failures: number, { random }: RetryOptions): number {
  if (!failure.repeatable) throw gaveUp(call, failure.problem)
  if (failures >= MAX_FAILURES || call.attempts >= MAX_ATTEMPTS) throw gaveUp(call, failure.problem, `${call.attempts} attempts were made`)
  const asked = failure.retryAfterMs
  const delayMs = asked ? asked : backoffMs(Math.max(1, failures), random)
  const { leftMs } = call.deadline
  if (delayMs > leftMs) throw gaveUp(call, failure.problem, tooLong(asked, delayMs, leftMs))
  return delayMs
}

function tooLong(asked: number | undefined, delayMs: number, leftMs: number): string {
  return asked
    ? `the target asks to wait ${seconds(delayMs)}, but only ${seconds(leftMs)} are left`
    : `another attempt would come in ${seconds(delayMs)}, but only ${seconds(leftMs)} are left`
}

function gaveUp(call: Call, problem: Problem, why?: string): ProblemError {
  const message = why === undefined ? problem.message : `${problem.message} (${why})`
  return new ProblemError({ ...problem, message, details: { ...problem.details, attempts: call.attempts } })
}
