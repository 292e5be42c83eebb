import type { DeclaredShift } from './agent.ts'

/** A shift as the API tells it; times are RFC 3339, UTC. */
export interface Shift {
  readonly startTime: string
  readonly endTime: string
  readonly workModeId?: string
}

const DAY_MS = 86_400_000
/** Yesterday too: a shift that began then may not be over. */
const FIRST_DAY = -1
const LAST_DAY = 7

/** The shifts around a moment, in order of time: those between two moments as they are, daily ones for the days from yesterday to a week ahead. */
export function shiftsAround(date: Date, declared: readonly DeclaredShift[]): Shift[] {
  return declared.flatMap((shift) => occurrences(shift, date)).sort((one, other) => one.startTime.localeCompare(other.startTime))
}

function occurrences({ startTime, endTime, from, to, workModeId }: DeclaredShift, date: Date): Shift[] {
  const mode = workModeId === undefined ? {} : { workModeId }
  if (from === undefined || to === undefined) return [{ startTime: utc(startTime ?? ''), endTime: utc(endTime ?? ''), ...mode }]
  const midnightMs = Math.floor(date.getTime() / DAY_MS) * DAY_MS
  const [fromMs, toMs] = [timeOfDayMs(from), timeOfDayMs(to)]
  const lengthMs = toMs > fromMs ? toMs - fromMs : toMs - fromMs + DAY_MS
  return Array.from({ length: LAST_DAY - FIRST_DAY + 1 }, (_day, index) => {
    const startMs = midnightMs + (FIRST_DAY + index) * DAY_MS + fromMs
    return { startTime: new Date(startMs).toISOString(), endTime: new Date(startMs + lengthMs).toISOString(), ...mode }
  })
}

function utc(moment: string): string {
  return new Date(moment).toISOString()
}

function timeOfDayMs(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) * 60_000
}
