import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { Trace } from '../model/trace.ts'
import type { VisitBounds } from '../model/visit-bounds.ts'
import type { LoopFinding } from './loop-finding.ts'
import { malformed } from './malformed.ts'
import { below } from './recode.ts'
import { repeatedNodes } from './repeated-nodes.ts'
import { repeatedState } from './repeated-state.ts'
import { stepsWithoutInput } from './steps-without-input.ts'

/**
 * Judges the loops of a call, named or not, by all that the author expects of it, and by what bounds them in the flow, where that is
 * known. What `loops` says comes first. Then decide, in this order, where the flow is not known: steps without input, a repeated
 * state, the count of visits; one loop makes one finding. `at` of the findings starts at `expect`.
 */
export function judgeLoops(expect: JsonObject, trace: Trace, bounds?: VisitBounds): readonly Finding[] {
  const repeated = repeatedNodes(expect, trace, bounds)
  const isByLoops = ({ finding }: LoopFinding): boolean => finding.at?.[0] === 'loops'
  const rules: readonly ((told: ReadonlySet<string>) => readonly LoopFinding[])[] = [
    () => repeated.filter(isByLoops),
    (told) => (bounds ? [] : stepsWithoutInput(expect, trace, told)),
    (told) => repeatedState(expect, trace, told),
    (told) => repeated.filter((found) => !isByLoops(found) && [...found.nodes].every((node) => !told.has(node))),
  ]
  const told = new Set<string>()
  return rules.flatMap((rule) => {
    const found = rule(told)
    for (const { nodes } of found) for (const node of nodes) told.add(node)
    return found.map(({ finding }) => finding)
  })
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
