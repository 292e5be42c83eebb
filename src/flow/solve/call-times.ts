import type { HoursProfile } from '../hours-profile.ts'
import type { LocalTime } from '../local-time.ts'
import { createOpeningHours } from '../opening-hours.ts'

const DAY_MS = 86_400_000

/** A Monday on which a search for times begins; nothing hangs on it. */
const FIRST_DAY = Date.UTC(2026, 0, 5) / DAY_MS

/**
 * Times of a call, as `callTime` writes them, of which one stands for each way in which profiles can be open and closed at once:
 * the ends of all opening times in one week, on the days on which nothing opens, and around them. The times are local ones, so all
 * profiles see the same.
 */
export function callTimesFor(profiles: readonly HoursProfile[]): readonly string[] {
  const openings = profiles.map(createOpeningHours)
  const found = new Map<string, string>()
  for (const time of momentsOf(profiles)) {
    const pattern = openings.map((isOpen) => (isOpen(time) ? '1' : '0')).join('')
    if (!found.has(pattern)) found.set(pattern, writtenTime(time))
  }
  return [...found.values()]
}

/** People call by day: noon comes first, so that times read well. */
function momentsOf(profiles: readonly HoursProfile[]): LocalTime[] {
  const ends = profiles.flatMap(({ open }) => open.flatMap(({ from, to }) => [minuteOf(from), minuteOf(to)]))
  const minutes = [...new Set([12 * 60, 0, ...ends.map((minute) => minute % 1440)])]
  const closed = profiles.flatMap(({ closedOn = [] }) => closedOn.map((date) => Date.parse(`${date}T00:00:00Z`) / DAY_MS))
  const week = Array.from({ length: 7 }, (_none, index) => ordinaryDay(FIRST_DAY + index, new Set(closed)))
  const days = [...new Set([...week, ...closed.flatMap((day) => [day, day + 1])])].filter((day) => Number.isInteger(day))
  return days.flatMap((day) => minutes.map((minute) => ({ day, minute })))
}

/** The same day of the week, in the first week in which neither it nor the day before is a day on which nothing opens. */
function ordinaryDay(day: number, closed: ReadonlySet<number>): number {
  let found = day
  for (let tries = 0; tries <= closed.size * 2 && (closed.has(found) || closed.has(found - 1)); tries += 1) found += 7
  return found
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

function writtenTime({ day, minute }: LocalTime): string {
  return new Date(day * DAY_MS + minute * 60_000).toISOString().slice(0, 16)
}
