import type { JsonObject } from '../model/json.ts'
import type { Trace } from '../model/trace.ts'
import type { VisitBounds } from '../model/visit-bounds.ts'
import { type LoopBound, loopBounds } from './loop-bounds.ts'

/**
 * What bounds each node where the flow is known. What the author says of a node stands. Else its counters and retries give the limit,
 * and where nothing counts, the usual one; each choice of the caller lets the call come to it as often once more.
 */
export function boundsWithFlow(expect: JsonObject, trace: Trace, flow: VisitBounds): (node: string) => LoopBound {
  const boundOf = loopBounds(expect)
  const choices = trace.visits.filter(({ node, input }) => input !== undefined && flow.isChoice(node, input)).length
  return (node) => {
    const bound = boundOf(node)
    if (bound.byLoops || bound.isMeant) return bound
    const most = flow.most(node)
    const once = most === undefined || most === Number.POSITIVE_INFINITY ? bound.limit : Math.max(bound.limit, most)
    return { ...bound, limit: once * (1 + choices) }
  }
}
