import type { JsonObject } from '../../model/json.ts'
import type { AgentState, SkillState } from '../agents/agents.ts'
import { jsonAnswer, type Reason, refuse } from '../exchange.ts'
import type { Exchange, Operation } from '../operation.ts'
import { findAgent } from './find-agent.ts'

const ONE = '/api/v2/agents/:agentId'
const MAX_PAGE_SIZE = 1_000

/** Tells an agent's profile, with its `ETag`. */
export const agents: Operation = {
  api: 'agents',
  method: 'GET',
  paths: [ONE],
  access: { scopes: ['agent:read'] },
  answer(exchange, world) {
    const agent = findAgent(exchange, world)
    return jsonAnswer(200, toProfile(agent), { etag: agent.etag })
  },
}

/** Tells the skills of an agent, a page at a time; `nextPageUri` leads on. */
export const agentSkills: Operation = {
  api: 'agent-skills',
  method: 'GET',
  paths: [`${ONE}/skills`],
  access: { scopes: ['skill:read'] },
  answer(exchange, world) {
    const { agentId, skills } = findAgent(exchange, world)
    const page = numberIn(exchange, 'page', 1, Number.MAX_SAFE_INTEGER)
    const pageSize = numberIn(exchange, 'pageSize', world.settings.skillsPerPage, MAX_PAGE_SIZE)
    const entities = skills.slice((page - 1) * pageSize, page * pageSize).map(toSkill)
    const hasMore = page * pageSize < skills.length
    const nextPageUri = `/api/v2/agents/${encodeURIComponent(agentId)}/skills?page=${page + 1}&pageSize=${pageSize}`
    return jsonAnswer(200, { entities, ...(hasMore && { nextPageUri }) })
  },
}

/** Tells the shifts of an agent, from yesterday on. */
export const agentSchedules: Operation = {
  api: 'agent-schedules',
  method: 'GET',
  paths: ['/api/v2/wfm/schedules/:agentId'],
  access: { scopes: ['wfm:read'] },
  answer(exchange, world) {
    const { agentId } = findAgent(exchange, world)
    return jsonAnswer(200, { agentId, shifts: world.agents.shifts(agentId).map((shift) => ({ ...shift })) })
  },
}

function toProfile({ agentId, role, workModeId, skills }: AgentState): JsonObject {
  return {
    agentId,
    ...(role !== undefined && { role }),
    ...(workModeId !== undefined && { currentWorkMode: { id: workModeId } }),
    skills: skills.map(toSkill),
  }
}

function toSkill(skill: SkillState): JsonObject {
  return { ...skill }
}

function numberIn({ query }: Exchange, name: string, usual: number, most: number): number {
  const text = query.get(name)
  if (text === null) return usual
  const number = /^\d+$/.test(text) ? Number(text) : 0
  if (number >= 1 && number <= most) return number
  const reasons: Reason[] = [{ field: name, message: `is "${text}", and has to be a whole number from 1 to ${most}` }]
  throw refuse(400, 'invalid_request', `the parameter ${name} is wrong`, { reasons })
}
