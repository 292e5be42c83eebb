import type { SkillLevel } from '../api/resources/agents.ts'
import { isJsonObject, type Json } from '../model/json.ts'

/** A change of an agent that its scenario was to undo. */
export interface AgentChange {
  /** The work mode that the scenario gave it. */
  readonly to: string
  /** The work mode that it had before, and gets again. */
  readonly from: string
  /** As they were, of the skills that changed with it. */
  readonly skillLevels: readonly SkillLevel[]
  /** Whether the change is published. */
  readonly publish: boolean
}

/** Reads what a journal says of a change; `undefined` where nothing was to be put back. */
export function readAgentChange(payload: Json | undefined): AgentChange | undefined {
  if (!isJsonObject(payload) || !isJsonObject(payload['putBack'])) return undefined
  const { workModeId: to } = payload
  const { workModeId: from, skillLevels, publish } = payload['putBack']
  if (typeof to !== 'string' || typeof from !== 'string') return undefined
  return { to, from, skillLevels: Array.isArray(skillLevels) ? skillLevels.flatMap(toSkillLevel) : [], publish: publish === true }
}

function toSkillLevel(value: Json): SkillLevel[] {
  if (!isJsonObject(value)) return []
  const { skillId, level, concurrentInteractions } = value
  const isWhole = typeof skillId === 'string' && typeof level === 'number' && typeof concurrentInteractions === 'number'
  return isWhole ? [{ skillId, level, concurrentInteractions }] : []
}
