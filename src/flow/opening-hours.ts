import type { HoursProfile, OpeningTime, Weekday } from './hours-profile.ts'
import { type LocalTime, localTimeIn } from './local-time.ts'

const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Whether a profile is open at a time of its own time zone. */
export type IsOpen = (time: LocalTime) => boolean

/** Prepares a profile. A time that ends at or before its beginning goes on into the next day, even where that day is one on which nothing opens. */
export function createOpeningHours({ open, closedOn = [] }: HoursProfile): IsOpen {
  const closed = new Set(closedOn)
  const times = open.map(prepare)
  return ({ day, minute }) => {
    const today = closed.has(isoDate(day)) ? undefined : weekday(day)
    const yesterday = closed.has(isoDate(day - 1)) ? undefined : weekday(day - 1)
    return times.some(({ days, from, to }) =>
      to > from
        ? isOneOf(days, today) && minute >= from && minute < to
        : (isOneOf(days, today) && minute >= from) || (isOneOf(days, yesterday) && minute < to),
    )
  }
}

/** What cannot work in a profile, one sentence each. */
export function hoursComplaints({ timeZone, closedOn = [] }: HoursProfile): { readonly field: string; readonly message: string }[] {
  const zone = isTimeZone(timeZone)
    ? []
    : [
        {
          field: 'timeZone',
          message: `${JSON.stringify(timeZone)} is no time zone: write a name of the IANA data base, e.g. "America/New_York"`,
        },
      ]
  const days = closedOn
    .filter((date) => !isDate(date))
    .map((date) => ({ field: 'closedOn', message: `${JSON.stringify(date)} is no day of the calendar` }))
  return [...zone, ...days]
}

function isTimeZone(name: string): boolean {
  try {
    localTimeIn(name)(new Date(0))
    return true
  } catch {
    return false
  }
}

function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

function prepare({ days, from, to }: OpeningTime): { days: ReadonlySet<Weekday>; from: number; to: number } {
  return { days: new Set(days), from: minuteOf(from), to: minuteOf(to) }
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}

/** 1970-01-01, day 0, was a Thursday. */
function weekday(day: number): Weekday | undefined {
  return WEEKDAYS[(((day + 4) % 7) + 7) % 7]
}

function isoDate(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

function isOneOf(days: ReadonlySet<Weekday>, day: Weekday | undefined): boolean {
  return day !== undefined && days.has(day)
}
