import type { Json } from '../model/json.ts'
import { printable } from '../model/printable.ts'

/** Longest value that is shown whole, in characters. */
const MAX_VALUE = 2_000

const MS_PER_SECOND = 1_000
const MS_PER_MINUTE = 60_000

/** A value on one line, as JSON with a space after each comma and colon; a long one is cut, and says so. Harmless to a terminal. */
export function showValue(value: Json): string {
  const text = printable(
    JSON.stringify(value, null, 1)
      .replace(/(?<=[[{])\n *|\n *(?=[\]}])/g, '')
      .replace(/\n */g, ' '),
  )
  return text.length <= MAX_VALUE ? text : `${cutText(text, MAX_VALUE)}… (${text.length - MAX_VALUE} more characters)`
}

/** Milliseconds as people read them: `85 ms`, `1.2 s`, `3 min 05 s`. */
export function showDuration(ms: number): string {
  if (ms < MS_PER_SECOND) return `${Math.round(ms)} ms`
  if (ms < MS_PER_MINUTE) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`
  const seconds = Math.floor(ms / MS_PER_SECOND)
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

/** `1 scenario`, `2 scenarios`, `2 tries`. */
export function showCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}

/** The beginning of a text, at most `length` UTF-16 code units, never half a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text
  const splitsPair = /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(length - 1, length + 1))
  return text.slice(0, splitsPair ? length - 1 : length)
}
