import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { Trace } from '../model/trace.ts'
import type { VisitBounds } from '../model/visit-bounds.ts'
import { malformed } from './malformed.ts'
import { below } from './recode.ts'
import { repeatedNodes } from './repeated-nodes.ts'
import { repeatedState } from './repeated-state.ts'

/**
 * Judges the loops of a call, named or not, by all that the author expects of it, and by what bounds them in the flow, where that is
 * known; `at` of the findings starts at `expect`.
 */
export function judgeLoops(expect: JsonObject, trace: Trace, bounds?: VisitBounds): readonly Finding[] {
  return [...repeatedNodes(expect, trace, bounds), ...repeatedState(expect, trace)]
}

/** Whether `loops` makes sense. What it bounds is judged by {@link judgeLoops}, since `path` and `visits` bound loops as well. */
export function loops(expected: Json): readonly Finding[] {
  if (expected === 'none') return []
  if (!isJsonObject(expected)) return [malformed('none, or nodes with the most visits that they may have', expected)]
  return Object.entries(expected).flatMap(([node, most]) =>
    most === undefined || (typeof most === 'number' && Number.isInteger(most) && most >= 1)
      ? []
      : below(node, [malformed('a whole number of visits, 1 or more', most)]),
  )
}
