import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { validateWorkModeRequest } from '../../schema/generated/api.ts'
import type { Validator } from '../../schema/validator.ts'
import type { AgentChange, AgentState } from '../agents/agents.ts'
import { matches } from '../agents/if-match.ts'
import { jsonBody } from '../body.ts'
import { jsonAnswer, type Reason, refuse } from '../exchange.ts'
import type { Exchange, Operation } from '../operation.ts'
import { findAgent } from './find-agent.ts'

interface WorkModeRequest {
  readonly workModeId: string
  readonly skillLevels?: AgentChange['skillLevels'] | null
  readonly reason: string
  readonly metadata: { readonly source: string; readonly timestamp: string }
}

const isWorkModeRequest: Validator<WorkModeRequest> = validateWorkModeRequest

/**
 * Changes an agent's work mode and skills: 200 with the new `ETag`. 428 without `If-Match`, 409 where the agent has changed since, 422 for
 * a skill that the agent does not have, or that would get more interactions at once than it allows.
 */
export const agentWorkmodes: Operation = {
  api: 'agent-workmodes',
  method: 'PATCH',
  paths: ['/api/v2/agents/:agentId/workmodes'],
  access: { scopes: ['agent:write'] },
  answer(exchange, world) {
    const agent = findAgent(exchange, world)
    refuseUnconditional(exchange)
    const request = jsonBody(exchange.request, isWorkModeRequest, { further: (body) => skillReasons(body, agent) })
    refuseStale(exchange, agent)
    const { workModeId, reason } = request
    const skillLevels = request.skillLevels ?? []
    const changed = world.agents.change(agent, { workModeId, skillLevels, reason }, exchange.entry?.id ?? 0)
    const body: JsonObject = {
      agentId: agent.agentId,
      workModeId,
      ...(agent.workModeId !== undefined && { previousWorkModeId: agent.workModeId }),
      skillLevels: skillLevels.map((skill) => ({ ...skill })),
    }
    return jsonAnswer(200, body, { etag: changed.etag })
  },
}

function refuseUnconditional({ request }: Exchange): void {
  if (request.headers['if-match'] !== undefined) return
  throw refuse(428, 'precondition_required', 'send the ETag of the agent as If-Match, so that nobody else’s change is undone')
}

function refuseStale({ request }: Exchange, { agentId, etag }: AgentState): void {
  const ifMatch = request.headers['if-match'] ?? ''
  if (matches(ifMatch, etag)) return
  throw refuse(409, 'conflict', `agent "${agentId}" has changed: its ETag is not ${ifMatch} any more; read it again, then try again`)
}

function skillReasons(body: Json, { skills }: AgentState): Reason[] {
  const levels = isJsonObject(body) ? body['skillLevels'] : undefined
  if (!Array.isArray(levels)) return []
  const known = new Map(skills.map((skill) => [skill.skillId, skill]))
  return levels.flatMap((level: Json, index): Reason[] => {
    if (!isJsonObject(level) || typeof level['skillId'] !== 'string') return []
    const skill = known.get(level['skillId'])
    const field = `/skillLevels/${index}`
    if (!skill) return [{ field: `${field}/skillId`, message: `is "${level['skillId']}", which the agent does not have` }]
    const { maximumConcurrentInteractions: most = 1 } = skill
    const asked = level['concurrentInteractions']
    if (typeof asked !== 'number' || asked <= most) return []
    return [{ field: `${field}/concurrentInteractions`, message: `is ${asked}, more than the maximum of ${most}` }]
  })
}
