import type { WorkModeChange } from '../api/resources/agents.ts'
import type { JsonObject } from '../model/json.ts'
import type { ChangeEnd, Ground } from './change-in-tries.ts'
import type { EndContext } from './step-kind.ts'

/**
 * Records that a change is about to be sent, and what the agent is until then. `putBack` is what it is to become again at the end of the
 * scenario: with it, a sweep can do so where the run dies.
 */
export function recordDispatch(
  change: Pick<WorkModeChange, 'agentId' | 'workModeId' | 'skillLevels'>,
  { profile }: Ground,
  { note }: Pick<EndContext, 'note'>,
  putBack?: JsonObject,
): void {
  const { agentId, workModeId, skillLevels } = change
  const levels = skillLevels.map((skill) => ({ ...skill }))
  const payload = { workModeId, skillLevels: levels, previousWorkModeId: profile.workModeId ?? null, ...(putBack ? { putBack } : {}) }
  note({ job: 'availability', id: agentId, phase: 'dispatched', payload })
}

/** Records what came of a change. */
export function recordEnd(agentId: string, end: ChangeEnd, { job }: Pick<EndContext, 'job'>): void {
  const latency = end.kind === 'changed' && end.latencyMs !== undefined ? { latencyMs: end.latencyMs } : {}
  job({ job: 'availability', id: agentId, status: end.kind.toUpperCase(), ended: true, ...latency })
}
