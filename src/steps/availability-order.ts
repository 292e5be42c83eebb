import type { ApiShift } from '../api/resources/agent-schedules.ts'
import type { AgentSkill } from '../api/resources/agent-skills.ts'
import type { SkillLevel } from '../api/resources/agents.ts'
import { parseInstant } from '../model/instant.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { ProblemError } from '../model/problem.ts'
import { numberOf, objectOf, textOf } from './step-input.ts'

/** What a step says of a change, with everything that was left out filled in. */
export interface AvailabilityOrder {
  readonly agentId: string
  readonly workModeId: string
  readonly skillLevels: readonly SkillLevel[]
  readonly reason: string
  /** Who makes the change. */
  readonly source: string
  /** The moment whose shift counts; absent: that in which the shifts are read. */
  readonly at?: Date
  /** When the step began. */
  readonly now: Date
  readonly publish: boolean
  readonly restore: boolean
  /** Present: nothing is sent. */
  readonly offline?: OfflineAgent
}

/** An agent that the scenario makes up. What is left out is not known. */
export interface OfflineAgent {
  readonly workModeId?: string
  readonly skills?: readonly AgentSkill[]
  readonly shifts?: readonly ApiShift[]
}

/** Reads the input of a step, which its schema has proven. Throws a `ProblemError` (`INVALID_STEP`) for a moment that is none. */
export function orderOf(input: JsonObject, now: Date): AvailabilityOrder {
  const { offline } = input
  const at = momentOf(textOf(input, 'at'))
  return {
    agentId: textOf(input, 'agentId') ?? '',
    workModeId: textOf(input, 'workModeId') ?? '',
    skillLevels: objectsIn(input['skillLevels']).map(toSkillLevel),
    reason: textOf(input, 'reason') ?? 'set by a scenario of cxspec',
    source: textOf(objectOf(input, 'metadata') ?? {}, 'source') ?? 'cxspec',
    now,
    ...(at ? { at } : {}),
    publish: input['publish'] !== false,
    restore: input['restore'] === true,
    ...(offline === true || isJsonObject(offline) ? { offline: offlineAgent(offline === true ? {} : offline) } : {}),
  }
}

function offlineAgent(given: JsonObject): OfflineAgent {
  const workModeId = textOf(given, 'workModeId')
  return {
    ...(workModeId === undefined ? {} : { workModeId }),
    ...(given['skills'] === undefined ? {} : { skills: objectsIn(given['skills']).map(toSkill) }),
    ...(given['shifts'] === undefined ? {} : { shifts: objectsIn(given['shifts']).map(toShift) }),
  }
}

function momentOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const ms = parseInstant(text)
  if (ms !== undefined) return new Date(ms)
  throw new ProblemError({ code: 'INVALID_STEP', message: `at: "${text}" is no moment`, advice: 'write it as 2026-01-05T09:00:00+01:00' })
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

function toSkillLevel(skill: JsonObject): SkillLevel {
  return {
    skillId: textOf(skill, 'skillId') ?? '',
    level: numberOf(skill, 'level') ?? 0,
    concurrentInteractions: numberOf(skill, 'concurrentInteractions') ?? 0,
  }
}

function toSkill(skill: JsonObject): AgentSkill {
  const maximum = numberOf(skill, 'maximumConcurrentInteractions')
  return { skillId: textOf(skill, 'skillId') ?? '', ...(maximum === undefined ? {} : { maximumConcurrentInteractions: maximum }) }
}

function toShift(shift: JsonObject): ApiShift {
  const workModeId = textOf(shift, 'workModeId')
  const [startTime = '', endTime = ''] = [textOf(shift, 'startTime'), textOf(shift, 'endTime')]
  return { startTime, endTime, ...(workModeId === undefined ? {} : { workModeId }) }
}
