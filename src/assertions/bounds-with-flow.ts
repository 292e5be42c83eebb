import type { JsonObject } from '../model/json.ts'
import type { Trace } from '../model/trace.ts'
import type { VisitBounds } from '../model/visit-bounds.ts'
import { type LoopBound, loopBounds } from './loop-bounds.ts'

/**
 * What bounds each node where the flow is known. What the author says of a node stands. Else its counters and retries give the limit,
 * as often again as the caller made a choice, since a choice may lead there anew. Where nothing counts, the usual limit stays.
 */
export function boundsWithFlow(expect: JsonObject, trace: Trace, flow: VisitBounds): (node: string) => LoopBound {
  const boundOf = loopBounds(expect)
  const choices = trace.visits.filter(({ node, input }) => input !== undefined && flow.isChoice(node, input)).length
  return (node) => {
    const bound = boundOf(node)
    const most = flow.most(node)
    if (bound.byLoops || bound.isMeant || most === undefined || most === 1 || most === Number.POSITIVE_INFINITY) return bound
    return { ...bound, limit: Math.max(bound.limit, most * (1 + choices)) }
  }
}
