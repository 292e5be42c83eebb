import { ProblemError } from '../../model/problem.ts'
import { decoder } from '../decode.ts'
import { segment } from '../segment.ts'
import type { Send } from '../send.ts'

export interface AgentSkill {
  readonly skillId: string
  readonly level?: number | null
  /** As it is set now, where the target tells. */
  readonly concurrentInteractions?: number | null
  /** Absent: 1. */
  readonly maximumConcurrentInteractions?: number | null
}

interface SkillsPage {
  readonly entities: readonly AgentSkill[]
  readonly nextPageUri?: string | null
}

/** No agent has so many pages of skills: whoever sends more never comes to an end. */
const MOST_PAGES = 200

const toPage = decoder<SkillsPage>('agent-skills')

/** Reads the skills of an agent, all pages of them. Rejects with `PROTOCOL_ERROR` where the pages lead elsewhere, in a circle, or never end. */
export async function getAgentSkills(send: Send, agentId: string): Promise<readonly AgentSkill[]> {
  const path = `/api/v2/agents/${segment(agentId)}/skills`
  const skills: AgentSkill[] = []
  const seen = new Set<string>()
  let next: string | undefined
  do {
    const request = { api: 'agent-skills', scopes: ['skill:read'], method: 'GET', path } as const
    const page = toPage(await send({ ...request, ...(next === undefined ? {} : { nextPageUri: next }) }))
    skills.push(...page.entities)
    next = page.nextPageUri || undefined
    if (next !== undefined) requireProgress(next, seen, path)
  } while (next !== undefined)
  return skills
}

function requireProgress(next: string, seen: Set<string>, path: string): void {
  if (seen.has(next)) throw endless(path, 'lead in a circle')
  seen.add(next)
  if (seen.size >= MOST_PAGES) throw endless(path, `do not end: there are more than ${MOST_PAGES} of them`)
}

function endless(path: string, what: string): ProblemError {
  return new ProblemError({
    code: 'PROTOCOL_ERROR',
    message: `the pages of GET ${path} ${what}`,
    advice: 'this is a fault of the target; report it with the correlation id of the request',
    details: { method: 'GET', path },
  })
}
