import type { ApiShift } from '../api/resources/agent-schedules.ts'
import type { AgentSkill } from '../api/resources/agent-skills.ts'
import type { SkillLevel } from '../api/resources/agents.ts'
import type { Refusal } from '../assertions/refused.ts'
import { counted } from '../assertions/show.ts'
import { parseInstant } from '../model/instant.ts'
import { ProblemError } from '../model/problem.ts'

/** A change, as far as an agent's shifts and skills can speak against it. */
interface ProposedChange {
  readonly agentId: string
  readonly workModeId: string
  readonly skillLevels: readonly SkillLevel[]
  /** The moment that counts. */
  readonly at: Date
}

/** What is known of the agent. What is absent is not known, and so nothing is refused because of it. */
interface Grounds {
  readonly shifts?: readonly ApiShift[]
  readonly skills?: readonly AgentSkill[]
}

/** The API's documentation: interactions at once where a skill sets no maximum. */
const USUAL_MAXIMUM = 1

/**
 * Everything that speaks against a change, before anything is sent. A shift counts from its start until before its end. Throws a
 * `ProblemError` (`PROTOCOL_ERROR`) where a shift has times that are none.
 */
export function refusalsOf(change: ProposedChange, { shifts, skills }: Grounds): readonly Refusal[] {
  return [...(shifts ? shiftRefusals(change, shifts) : []), ...(skills ? concurrencyRefusals(change, skills) : [])]
}

function shiftRefusals({ agentId, workModeId, at }: ProposedChange, shifts: readonly ApiShift[]): readonly Refusal[] {
  const current = shifts.filter((shift, index) => isCovering(shift, index, at))
  const moment = at.toISOString()
  if (current.length === 0) {
    const others = shifts.length === 0 ? 'at all' : `at ${moment} (of ${counted(shifts.length, 'shift')} none is under way)`
    return [{ code: 'no-shift', message: `agent "${agentId}" has no shift ${others}` }]
  }
  const modes = current.map((shift) => shift.workModeId ?? undefined)
  if (modes.some((mode) => mode === undefined || mode === workModeId)) return []
  const shift = `the shift from ${current[0]?.startTime} to ${current[0]?.endTime}`
  return [{ code: 'shift-conflict', message: `at ${moment} ${shift} has agent "${agentId}" in "${modes[0]}", not in "${workModeId}"` }]
}

function isCovering({ startTime, endTime }: ApiShift, index: number, at: Date): boolean {
  const atMs = at.getTime()
  return instant(startTime, index) <= atMs && atMs < instant(endTime, index)
}

function instant(text: string, index: number): number {
  const ms = parseInstant(text)
  if (ms !== undefined) return ms
  throw new ProblemError({
    code: 'PROTOCOL_ERROR',
    message: `shift ${index + 1} of the agent has ${JSON.stringify(text.slice(0, 60))} where a time should stand`,
    advice: 'times are written as in RFC 3339: 2026-01-05T09:00:00+01:00',
  })
}

function concurrencyRefusals({ skillLevels }: ProposedChange, skills: readonly AgentSkill[]): readonly Refusal[] {
  const maxima = new Map(skills.map((skill) => [skill.skillId, skill.maximumConcurrentInteractions ?? USUAL_MAXIMUM]))
  return skillLevels.flatMap(({ skillId, concurrentInteractions }): Refusal[] => {
    const maximum = maxima.get(skillId) ?? USUAL_MAXIMUM
    if (concurrentInteractions <= maximum) return []
    const message = `skill "${skillId}" would get ${concurrentInteractions} interactions at once, and its maximum is ${maximum}`
    return [{ code: 'concurrency-exceeded', message }]
  })
}
