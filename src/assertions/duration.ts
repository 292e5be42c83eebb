import { formatDuration, parseDuration } from '../model/duration.ts'
import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import { malformed } from './malformed.ts'
import { below } from './recode.ts'

/** Expects how long something took: `500ms` at most, or `{ min, max }`. `subject` stands in messages: `the call`. */
export function duration(expected: Json, actualMs: number | undefined, subject: string): readonly Finding[] {
  if (typeof expected === 'string') return bound('max', expected, actualMs, subject)
  if (!isJsonObject(expected)) return [malformed('a duration such as 500ms, or { max: 500ms }', expected)]
  const { min, max } = expected
  return [
    ...(min === undefined ? [] : below('min', bound('min', min, actualMs, subject))),
    ...(max === undefined ? [] : below('max', bound('max', max, actualMs, subject))),
  ]
}

function bound(kind: 'min' | 'max', expected: Json, actualMs: number | undefined, subject: string): readonly Finding[] {
  const boundMs = typeof expected === 'string' ? parseDuration(expected) : undefined
  if (boundMs === undefined) return [malformed('a duration such as 500ms, 2s or 5m', expected)]
  if (actualMs === undefined) return [{ code: 'DURATION_NOT_TOLD', message: `the target did not tell how long ${subject} took`, expected }]
  const isMet = kind === 'max' ? actualMs <= boundMs : actualMs >= boundMs
  return isMet ? [] : [outside(kind, { boundMs, expected, actualMs, subject })]
}

interface Outside {
  readonly boundMs: number
  readonly expected: Json
  readonly actualMs: number
  readonly subject: string
}

function outside(kind: 'min' | 'max', { boundMs, expected, actualMs, subject }: Outside): Finding {
  const words = kind === 'max' ? 'at most' : 'at least'
  const short = formatDuration(actualMs)
  const shown = short === formatDuration(boundMs) ? `${actualMs}ms` : short
  return {
    code: kind === 'max' ? 'DURATION_TOO_LONG' : 'DURATION_TOO_SHORT',
    message: `${subject} took ${shown}, expected ${words} ${String(expected)}`,
    expected,
    actual: shown,
  }
}
