import type { Json } from '../model/json.ts'
import type { Call, Reply } from './call.ts'
import { excerpt, type Mask, safeText } from './excerpt.ts'
import { JsonError, parseJson } from './parse-json.ts'
import { retryAfterMs } from './retry-after.ts'
import type { ApiAnswer } from './send.ts'
import { serverReason } from './server-reason.ts'
import { meaningOf, type StatusMeaning } from './status-meaning.ts'
import { adviceOnUnknown, unknownEffect } from './unknown-effect.ts'
import type { Failure, Verdict } from './verdict.ts'

/** What the judges know besides the call and its answer. */
export interface Bench {
  readonly clientId: string
  readonly mask: Mask
  /** The time of day. */
  readonly date: () => Date
}

/** Judges an answer: 2xx and what the request accepts are done, for everything else it says what is wrong and whether to try again. */
export function judgeReply(call: Call, reply: Reply, bench: Bench): Verdict {
  if (reply.status >= 200 && reply.status < 300) return judgeSuccess(call, reply, bench)
  return accepted(call, reply, bench) ?? refused(call, reply, bench)
}

function judgeSuccess(call: Call, reply: Reply, bench: Bench): Verdict {
  try {
    return { kind: 'done', answer: toAnswer(call, reply, bench), strain: 'none' }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    const jobNote = call.request.startsJob ? '; the job may have been started all the same, and is not started again' : ''
    const problem = {
      code: 'PROTOCOL_ERROR',
      message: `${call.label} was answered ${reply.status}, but the body ${error.message}${jobNote}`,
      advice: 'see the excerpt: often a proxy or a login page answers in place of the API',
      details: replyDetails(call, reply, bench),
    } as const
    return { kind: 'failed', problem, reason: `${reply.status}, but the body ${error.message}`, repeatable: false, strain: 'none' }
  }
}

/** The answer that a caller gets to see. Throws what `parse` throws, a `JsonError` where the body is not JSON. */
function toAnswer(call: Call, reply: Reply, bench: Bench, parse = parseJson): Omit<ApiAnswer, 'attempts'> {
  const { method, path } = call.request
  return {
    status: reply.status,
    headers: reply.headers,
    body: parse(reply.body),
    latencyMs: reply.latencyMs,
    of: { method, path, correlationId: call.correlationId, excerpt: () => excerpt(reply.body, bench.mask) },
  }
}

function accepted(call: Call, reply: Reply, bench: Bench): Verdict | undefined {
  const accepts = call.request.accepts
  if (!accepts) return undefined
  const answer = toAnswer(call, reply, bench, ifJson)
  return accepts({ ...answer, attempts: call.attempts }) ? { kind: 'done', answer, strain: 'none' } : undefined
}

/** What errors have for a body may be anything. */
function ifJson(body: Uint8Array): Json | undefined {
  try {
    return parseJson(body)
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}

function refused(call: Call, reply: Reply, bench: Bench): Failure {
  const { status } = reply
  const meaning = meaningOf(status)
  const waitMs = retryAfterMs(reply.headers, bench.date())
  const unknown = call.isOnce && status >= 500 && !(status === 503 && waitMs !== undefined)
  const said = serverReason(reply.body, bench.mask)
  return {
    kind: 'failed',
    problem: {
      code: unknown ? 'UNKNOWN_OUTCOME' : meaning.code,
      message: sentence(call, reply, bench, { said, unknown }),
      ...adviceOf(call, meaning, unknown),
      ...(meaning.blocks && { blocks: meaning.blocks === 'api' ? { api: call.request.api } : meaning.blocks }),
      details: replyDetails(call, reply, bench),
    },
    reason: [status, invalidRetryAfter(reply, waitMs), said].filter((part) => part !== undefined).join(', '),
    repeatable: meaning.transient === true && !unknown,
    retryAfterMs: waitMs,
    throttled: status === 429 && waitMs !== undefined,
    strain: meaning.strain,
  }
}

function adviceOf(call: Call, meaning: StatusMeaning, unknown: boolean): { readonly advice?: string } {
  if (unknown) return { advice: adviceOnUnknown(call) }
  return meaning.advice === undefined ? {} : { advice: meaning.advice }
}

function sentence(call: Call, reply: Reply, bench: Bench, { said, unknown }: { said: string | undefined; unknown: boolean }): string {
  const parts = [`${call.label} was answered ${reply.status}`, explanation(call, reply, bench), said && `the server says: ${said}`]
  if (unknown) parts.push(unknownEffect(call))
  return parts.filter(Boolean).join(': ')
}

/** What a QA person needs to know about this status besides the server's own words. */
function explanation(call: Call, { status, headers }: Reply, bench: Bench): string | undefined {
  if (status === 401) return `the token of client "${bench.clientId}" is not accepted, nor is a fresh one`
  if (status === 403) return `client "${bench.clientId}" may not do this, which takes ${scopesOf(call)}`
  if (status < 300 || status >= 400) return undefined
  const location = headers['location']
  return location === undefined
    ? 'redirects are not followed'
    : `it redirects to ${safeText(location, bench.mask)}, and redirects are not followed`
}

function scopesOf(call: Call): string {
  const { scopes } = call.request
  return scopes.length === 1 ? `the scope ${scopes[0]}` : `the scopes ${scopes.join(' and ')}`
}

function invalidRetryAfter({ headers }: Reply, waitMs: number | undefined): string | undefined {
  const value = headers['retry-after']
  return value === undefined || waitMs !== undefined ? undefined : `Retry-After "${safeText(value, (text) => text)}" is not valid`
}

/** What reports show of an answer: identifiers, figures and the beginning of its body. */
export function replyDetails(call: Call, reply: Pick<Reply, 'status' | 'headers' | 'body'>, bench: Bench) {
  const { method, path } = call.request
  const waitFor = reply.headers['retry-after']
  return {
    method,
    path,
    status: reply.status,
    correlationId: call.correlationId,
    excerpt: excerpt(reply.body, bench.mask),
    ...(waitFor !== undefined && { retryAfter: safeText(waitFor, bench.mask) }),
  }
}
