/** A time of day somewhere. */
export interface LocalTime {
  /** Days since 1970-01-01 of the local calendar. */
  readonly day: number
  /** Minutes since midnight. */
  readonly minute: number
}

const CALL_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/i

/** Prepares reading the clock of a time zone. Throws a `RangeError` where there is no such zone. */
export function localTimeIn(timeZone: string): (date: Date) => LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  return (date) => {
    const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, Number(value)]))
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
    return { day: Date.UTC(part('year'), part('month') - 1, part('day')) / 86_400_000, minute: part('hour') * 60 + part('minute') }
  }
}

/**
 * Reads a time as people write it for a test: `2026-01-05T09:30` is a time of whatever zone it is asked in, with `Z` or an
 * offset (`2026-01-05T09:30:00-05:00`) it is an instant. `undefined` for anything else, also for days that no calendar has.
 */
export function parseCallTime(text: string): Date | LocalTime | undefined {
  const [, date = '', time = '', seconds = ':00', zone] = CALL_TIME.exec(text) ?? []
  const written = `${date}T${time}${seconds.slice(0, 3)}`
  const ms = Date.parse(`${written}Z`)
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(written)) return undefined
  if (zone !== undefined) return toInstant(written, zone.toUpperCase())
  return { day: Math.floor(ms / 86_400_000), minute: Math.floor((ms % 86_400_000) / 60_000) }
}

function toInstant(written: string, zone: string): Date | undefined {
  const date = new Date(`${written}${zone}`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
