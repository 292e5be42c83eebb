/** A time of RFC 3339, also with seconds left out, an offset without a colon, none at all, or the name of its zone behind it (RFC 9557). */
const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?(?:\[[\w/+-]+\])?$/

/**
 * A moment as an API or an author writes it (`2026-01-05T09:00:00+01:00`), in milliseconds since 1970 UTC. Without an offset it counts as
 * UTC, and never as the time zone of this machine. `undefined` for everything else, also for a day or an hour that there is not.
 */
export function parseInstant(text: string): number | undefined {
  const [, day, minute, second = ':00', offset = 'Z'] = INSTANT.exec(text) ?? []
  if (day === undefined || minute === undefined || !isDay(day)) return undefined
  const ms = Date.parse(`${day}T${minute}${second.slice(0, 7)}${toOffset(offset)}`)
  return Number.isNaN(ms) ? undefined : ms
}

/** `Date.parse` takes 30 February for 2 March. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

function toOffset(offset: string): string {
  if (/^z$/i.test(offset)) return 'Z'
  const [sign, hours, minutes] = [offset.slice(0, 1), offset.slice(1, 3), offset.slice(-2)]
  return `${sign}${hours}:${offset.length > 3 ? minutes : '00'}`
}
