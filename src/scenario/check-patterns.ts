import { createRequire } from 'node:module'
import type { Fault } from '../model/fault.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { Pointer } from '../model/place.ts'
import { excerpt } from '../yaml/excerpt.ts'
import type { Complaint } from './fill.ts'
import { holdsPlaceholder } from './placeholder.ts'

/** The names of matchers: an object that has only these is one, and anything else is a plain value. */
export const matcherNames: ReadonlySet<string> = new Set([
  ...['equals', 'not', 'oneOf', 'matches', 'contains', 'gt', 'gte', 'lt', 'lte', 'exists', 'type', 'length', 'exactly'],
])

/** Patterns of `matches` that are no RE2 syntax, at any depth of a value; what `equals` holds is literal. */
export function checkPatterns(value: Json | undefined, at: Pointer): Complaint[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => checkPatterns(item, [...at, index]))
  if (!isJsonObject(value)) return []
  const isMatcher = Object.keys(value).every((key) => matcherNames.has(key))
  const inner = Object.entries(value).flatMap(([key, item]) => (isMatcher && key === 'equals' ? [] : checkPatterns(item, [...at, key])))
  return isMatcher ? [...inner, ...checkPattern(value, at)] : inner
}

function checkPattern({ matches }: JsonObject, at: Pointer): Complaint[] {
  // what still holds a placeholder waits for an earlier step
  const why = typeof matches === 'string' && !holdsPlaceholder(matches) ? complaintOf(matches) : undefined
  return why === undefined ? [] : [{ fault: badPattern(String(matches), why), at: [...at, 'matches'] }]
}

/** Loaded on first use, since most files have no pattern. */
function complaintOf(pattern: string): string | undefined {
  const { RE2JS }: typeof import('re2js') = createRequire(import.meta.url)('re2js')
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function badPattern(pattern: string, why: string): Fault {
  return {
    code: 'BAD_PATTERN',
    message: `${JSON.stringify(excerpt(pattern))} is no pattern: ${excerpt(why)}`,
    expected: 'a pattern in RE2 syntax, which has no look-around and no back-references',
    advice: 'write \\ before a sign that is meant literally',
  }
}
