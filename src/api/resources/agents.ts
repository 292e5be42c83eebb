import { ProblemError } from '../../model/problem.ts'
import { decoder } from '../decode.ts'
import { segment } from '../segment.ts'
import type { ApiAnswer, Send } from '../send.ts'

/** An agent at one moment. */
export interface AgentProfile {
  /** The state that was read: a change names it, so that it never undoes somebody else's. */
  readonly etag: string
  /** Absent where the agent has none. */
  readonly workModeId?: string
}

export interface SkillLevel {
  readonly skillId: string
  readonly level: number
  readonly concurrentInteractions: number
}

export interface WorkModeChange {
  readonly agentId: string
  readonly etag: string
  readonly workModeId: string
  readonly skillLevels: readonly SkillLevel[]
  readonly reason: string
  readonly metadata: {
    readonly source: string
    /** RFC 3339. */
    readonly timestamp: string
  }
}

/** `conflict`: the agent is not any more what the change started from, and nothing was changed. */
export type WorkModeAnswer =
  | { readonly kind: 'changed'; readonly workModeId: string; readonly latencyMs: number }
  | { readonly kind: 'conflict' }

const toAgent = decoder<{ readonly currentWorkMode?: { readonly id: string } | null }>('agent')
const toWorkMode = decoder<{ readonly workModeId: string }>('work-mode')

/** Reads an agent's profile. Rejects with `NOT_FOUND` where there is no such agent, and with `PROTOCOL_ERROR` where the answer has no ETag. */
export async function getAgent(send: Send, agentId: string): Promise<AgentProfile> {
  const path = `/api/v2/agents/${segment(agentId)}`
  const answer = await send({ api: 'agents', scopes: ['agent:read'], method: 'GET', path })
  const workModeId = toAgent(answer).currentWorkMode?.id
  return { etag: etagOf(answer, path), ...(workModeId === undefined ? {} : { workModeId }) }
}

/**
 * Changes an agent's work mode and skills, provided that the agent is still what `etag` stands for. It is sent once: rejects with
 * `UNKNOWN_OUTCOME` where it may have taken effect.
 */
export async function changeWorkMode(send: Send, { agentId, etag, ...change }: WorkModeChange): Promise<WorkModeAnswer> {
  const answer = await send({
    api: 'agent-workmodes',
    scopes: ['agent:write'],
    method: 'PATCH',
    path: `/api/v2/agents/${segment(agentId)}/workmodes`,
    headers: { 'if-match': etag },
    body: { ...change, skillLevels: change.skillLevels.map((skill) => ({ ...skill })) },
    once: true,
    accepts: isConflict,
  })
  if (isConflict(answer)) return { kind: 'conflict' }
  return { kind: 'changed', workModeId: toWorkMode(answer).workModeId, latencyMs: answer.latencyMs }
}

/** 409 as the API says it, 412 as HTTP does (RFC 9110, 13.1.1). */
function isConflict({ status }: Pick<ApiAnswer, 'status'>): boolean {
  return status === 409 || status === 412
}

function etagOf({ headers, status, of }: ApiAnswer, path: string): string {
  const etag = headers['etag']
  if (etag !== undefined && etag !== '') return etag
  throw new ProblemError({
    code: 'PROTOCOL_ERROR',
    message: `GET ${path} was answered ${status}, but without an ETag: a change could undo somebody else's unseen`,
    advice: 'check that nothing between here and the target removes the header',
    details: { method: 'GET', path, status, correlationId: of?.correlationId },
  })
}
