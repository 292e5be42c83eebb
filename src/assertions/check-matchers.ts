import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import { isMatcher, matchers } from './matchers.ts'
import type { ValueMatcher } from './shapes.ts'
import { carried, show } from './show.ts'
import { toPointer, type ValuePath } from './value-path.ts'

/** Matchers may hold matchers so deep, and no deeper. */
const MAX_NESTING = 64

/** The code of a fault in what the author expects, which nothing that is observed could meet. */
export const MATCHER_INVALID = 'MATCHER_INVALID'

interface Part {
  readonly value: Json
  readonly at: ValuePath | undefined
  readonly nesting: number
}

/**
 * Faults in what the author expects: a matcher with an argument that makes no sense, or matchers nested out of reason. They are looked
 * for before anything is compared, since a matcher that can never hold would hold for ever under a `not`.
 */
export function checkMatchers(expected: ValueMatcher): readonly Finding[] {
  const waiting: Part[] = [{ value: expected, at: undefined, nesting: 0 }]
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const fault = faultOf(part)
    if (fault !== undefined) return [fault]
    for (const inner of partsOf(part)) waiting.push(inner)
  }
  return []
}

function faultOf({ value, at, nesting }: Part): Finding | undefined {
  if (nesting > MAX_NESTING) {
    return { code: MATCHER_INVALID, message: `matchers are nested deeper than ${MAX_NESTING} levels`, at: toPointer(at) }
  }
  if (!isMatcher(value)) return undefined
  for (const [name, argument] of Object.entries(value)) {
    const matcher = matchers[name]
    if (matcher === undefined || argument === undefined || matcher.accepts(argument)) continue
    return {
      code: MATCHER_INVALID,
      message: `"${name}" takes ${matcher.wants}, got ${show(argument)}`,
      actual: carried(argument),
      at: [...toPointer(at), name],
    }
  }
  return undefined
}

function partsOf({ value, at, nesting }: Part): readonly Part[] {
  if (Array.isArray(value)) return value.map((item, index) => ({ value: item, at: { above: at, key: index }, nesting }))
  if (!isJsonObject(value)) return []
  const below = isMatcher(value) ? nesting + 1 : nesting
  return Object.entries(value).flatMap(([key, inner]) => {
    const isLiteral = below > nesting && key === 'equals'
    return inner === undefined || isLiteral ? [] : [{ value: inner, at: { above: at, key }, nesting: below }]
  })
}
