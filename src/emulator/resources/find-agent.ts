import type { AgentState } from '../agents/agents.ts'
import { refuse } from '../exchange.ts'
import { type Exchange, pathParameter } from '../operation.ts'
import type { World } from '../world.ts'

/** The agent that the path names. Throws a refusal, 404, where there is none. Where the fault plan says so, somebody else changes the agent first. */
export function findAgent(exchange: Exchange, { agents }: World): AgentState {
  const agentId = pathParameter(exchange, 'agentId')
  const agent = agents.find(agentId)
  if (!agent) throw refuse(404, 'agent_not_found', `there is no agent "${agentId}"`)
  const interference = exchange.disturbance?.interference
  return interference ? agents.change(agent, interference, 0) : agent
}
