import type { Pointer } from '../../model/place.ts'
import type { Agent, DeclaredShift } from '../agents/agent.ts'
import { type Complaint, nameOf } from './complaint.ts'

/** What contradicts itself in an agent. */
export function agentComplaints({ skills = [], shifts = [] }: Agent, pointer: Pointer): Complaint[] {
  const seen = new Set<string>()
  const doubled = skills.flatMap(({ skillId }, index): Complaint[] => {
    if (!seen.has(skillId)) {
      seen.add(skillId)
      return []
    }
    const message = `${nameOf(pointer)} has the skill ${JSON.stringify(skillId)} twice`
    return [{ code: 'DUPLICATE_SKILL', message, pointer: [...pointer, 'skills', index, 'skillId'] }]
  })
  return [...doubled, ...shifts.flatMap((shift, index) => shiftComplaints(shift, [...pointer, 'shifts', index]))]
}

function shiftComplaints({ startTime, endTime, from, to }: DeclaredShift, pointer: Pointer): Complaint[] {
  const isBetween = startTime !== undefined && endTime !== undefined && from === undefined && to === undefined
  const isDaily = from !== undefined && to !== undefined && startTime === undefined && endTime === undefined
  const expected = 'either startTime and endTime, or from and to'
  if (!isBetween && !isDaily) return [{ code: 'INVALID_VALUE', message: `${nameOf(pointer)} does not say when it is`, expected, pointer }]
  if (isDaily) return from === to ? [empty(pointer)] : []
  const [startMs, endMs] = [Date.parse(startTime ?? ''), Date.parse(endTime ?? '')]
  if (Number.isNaN(startMs) || Number.isNaN(endMs)) {
    const part = Number.isNaN(startMs) ? 'startTime' : 'endTime'
    return [{ code: 'INVALID_VALUE', message: `${nameOf(pointer)}.${part} is a day that does not exist`, pointer: [...pointer, part] }]
  }
  return endMs > startMs ? [] : [empty(pointer)]
}

function empty(pointer: Pointer): Complaint {
  return { code: 'INVALID_VALUE', message: `${nameOf(pointer)} ends before it begins`, pointer }
}
