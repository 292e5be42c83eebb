import { routingScore } from '../assertions/routing-score.ts'
import type { AvailabilityOrder, OfflineAgent } from './availability-order.ts'
import { refusalsOf } from './refusals.ts'
import type { AvailabilityObservation } from './set-availability.ts'

/** Judges a change by what the scenario tells of the agent; nothing is sent. */
export function judgeOffline(order: AvailabilityOrder, agent: OfflineAgent): AvailabilityObservation {
  const refused = refusalsOf({ at: order.now, ...order }, agent)
  const isRefused = refused.length > 0
  const workModeId = isRefused ? agent.workModeId : order.workModeId
  return {
    agentId: order.agentId,
    requestedWorkModeId: order.workModeId,
    outcome: isRefused ? 'refused' : 'judged',
    ...(workModeId === undefined ? {} : { workModeId }),
    ...(isRefused || agent.workModeId === undefined ? {} : { previousWorkModeId: agent.workModeId }),
    refused,
    conflicts: 0,
    routingScore: routingScore(order.skillLevels),
  }
}
