import { parseHttpDate } from './http-date.ts'

/**
 * How long the target asks to wait, in milliseconds: `Retry-After` is a whole number of seconds or an HTTP date, in the past too (0).
 * `undefined` for anything else. A date is measured against the answer's own `Date` where it has one, since the clocks may disagree.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: Date): number | undefined {
  const value = headers['retry-after']?.trim()
  if (value === undefined) return undefined
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER)
  const atMs = parseHttpDate(value, now)
  if (atMs === undefined) return undefined
  const serverNowMs = parseHttpDate(headers['date']?.trim() ?? '', now) ?? now.getTime()
  return Math.max(0, atMs - serverNowMs)
}
