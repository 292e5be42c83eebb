import type { ApiAnswer, ApiRequest } from '../../src/api/send.ts'
import { isJsonObject, type Json } from '../../src/model/json.ts'
import { ProblemError } from '../../src/model/problem.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { type TestContext, testContext } from '../support/step-context.ts'

/** How the target answers one change, in order; `ok` for ever after. */
type Fate =
  | 'ok'
  /** Somebody else changes the agent first, to the work mode `other` unless named. */
  | { readonly interfere: string }
  /** The answer is lost; the change was made, or not. */
  | 'lost-made'
  | 'lost-not-made'
  /** The answer is lost, and before that somebody else changed the agent. */
  | { readonly lostAfter: string }

export interface AgentPlatform {
  readonly context: TestContext
  /** As it is now. */
  readonly agent: { workModeId: string | undefined; version: number }
  readonly changes: readonly ApiRequest[]
  readonly events: readonly Json[]
}

interface AgentOptions {
  readonly workModeId?: string | undefined
  readonly shifts?: Json
  /** In pages of two. */
  readonly skills?: readonly Json[]
  readonly fates?: readonly Fate[]
  /** What a change is answered with, in place of the work mode that was asked for. */
  readonly answered?: string
  readonly context?: Partial<TestContext>
}

export const ALL_DAY = [{ startTime: '2026-01-02T00:00:00Z', endTime: '2026-01-03T00:00:00Z', workModeId: 'chat' }]

/** One agent on a platform in memory, in the work mode `voice` and with a shift in `chat`, unless told otherwise. */
export function agentPlatform(options: AgentOptions = {}): AgentPlatform {
  const { shifts = ALL_DAY, skills = [], fates = [], answered } = options
  const agent = { workModeId: 'workModeId' in options ? options.workModeId : 'voice', version: 1 }
  const changes: ApiRequest[] = []
  const events: Json[] = []
  const become = (workModeId: string): void => {
    agent.workModeId = workModeId
    agent.version += 1
  }
  const change = (request: ApiRequest): ApiAnswer => {
    const fate = fates[changes.length] ?? 'ok'
    changes.push(request)
    if (typeof fate === 'object') become('interfere' in fate ? fate.interfere : fate.lostAfter)
    const isCurrent = request.headers?.['if-match'] === `"${agent.version}"`
    const { workModeId } = isJsonObject(request.body) ? request.body : {}
    if (isCurrent && fate !== 'lost-not-made') become(String(workModeId))
    if (fate !== 'ok' && !(typeof fate === 'object' && 'interfere' in fate))
      throw new ProblemError({ code: 'UNKNOWN_OUTCOME', message: 'lost' })
    return isCurrent ? answer(200, { workModeId: answered ?? String(workModeId) }) : answer(409, { message: 'stale' })
  }
  const respond = (request: ApiRequest): ApiAnswer => {
    const { api } = request
    if (api === 'agents') {
      return answer(
        200,
        { currentWorkMode: agent.workModeId === undefined ? null : { id: agent.workModeId } },
        { etag: `"${agent.version}"` },
      )
    }
    if (api === 'agent-skills') return pageOf(skills, request)
    if (api === 'agent-schedules') return answer(200, { shifts })
    if (api === 'agent-workmodes') return change(request)
    if (isJsonObject(request.body)) events.push(request.body['data'] ?? null)
    return answer(202, { status: 'accepted' })
  }
  const context: TestContext = testContext(() => null, {
    clock: new FakeClock({ auto: true }),
    send: async (request) => {
      context.sent.push(request)
      return respond(request)
    },
    ...options.context,
  })
  return { context, agent, changes, events }
}

function answer(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): ApiAnswer {
  return { status, headers, body, latencyMs: 40, attempts: 1 }
}

function pageOf(skills: readonly Json[], { nextPageUri = '?page=0' }: ApiRequest): ApiAnswer {
  const page = Number(nextPageUri.slice('?page='.length))
  const more = skills.length > (page + 1) * 2 ? { nextPageUri: `?page=${page + 1}` } : {}
  return answer(200, { entities: skills.slice(page * 2, page * 2 + 2), ...more })
}
