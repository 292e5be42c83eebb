import type { Call, Reply } from './call.ts'
import type { ApiTarget } from './client-options.ts'
import { safeText } from './excerpt.ts'
import { type Bench, judgeReply, replyDetails } from './judge-reply.ts'
import { serverReason } from './server-reason.ts'
import type { Verdict } from './verdict.ts'

/** Statuses that say something about the credentials or the address, not about the moment. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

/**
 * Judges the answer of the token endpoint. Nothing works without a token, so what does not pass by itself blocks the whole target. The
 * body of a good answer is never shown: it holds the token, and a part of a token is found by no mask.
 */
export function judgeTokenReply(call: Call, reply: Reply, { target, bench }: { target: ApiTarget; bench: Bench }): Verdict {
  if (isRefusal(reply.status)) return refused(call, reply, { target, bench })
  const verdict = judgeReply(call, reply, bench)
  if (verdict.kind === 'done' || verdict.repeatable) return verdict
  const { excerpt: _, ...details } = verdict.problem.details ?? {}
  if (reply.status >= 300) return { ...verdict, problem: { ...verdict.problem, blocks: 'target' } }
  const type = reply.headers['content-type']
  const size = `${reply.body.length} bytes${type === undefined ? '' : ` of ${safeText(type, bench.mask)}`}`
  const advice = `check the token URL: often a proxy or a login page answers in its place; the body (${size}) is not shown, since it may hold a token`
  return { ...verdict, problem: { ...verdict.problem, blocks: 'target', advice, details } }
}

function refused(call: Call, reply: Reply, { target, bench }: { target: ApiTarget; bench: Bench }): Verdict {
  const said = serverReason(reply.body, bench.mask)
  const scope = target.scope === undefined ? '' : ` with scope "${target.scope}"`
  return {
    kind: 'failed',
    problem: {
      code: 'AUTHENTICATION_FAILED',
      message: `client "${target.clientId}" gets no token from ${target.tokenUrl}${scope}: it answered ${reply.status}${said ? `, the server says: ${said}` : ''}`,
      advice: `check the client id, its secret, the token URL and how the client proves itself there (clientAuthentication, grantIn)${target.scope === undefined ? '' : '; where the client is granted fewer scopes, name those under `scope` of the target'}`,
      blocks: 'target',
      details: { ...replyDetails(call, reply, bench), clientId: target.clientId },
    },
    reason: `${reply.status}${said ? `, ${said}` : ''}`,
    repeatable: false,
    strain: 'none',
  }
}
