import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'
import type { Trace } from '../model/trace.ts'
import { matchValue } from './match-value.ts'
import { recode } from './recode.ts'
import { listed } from './show.ts'

/** Expects the node at which the call ends: a node or a matcher. A call that broke has none. */
export function exitNode(expected: Json, trace: Trace): readonly Finding[] {
  return recode('EXIT_NODE_DIFFERS', matchValue(expected, trace.exitNode, 'exitNode')).map((finding) => ({
    ...finding,
    details: [`the call ended with ${lastNodes(trace)}`],
  }))
}

function lastNodes(trace: Trace): string {
  const nodes = trace.visits.slice(-3).map((visit) => visit.node)
  return nodes.length === 0 ? 'no visit at all' : listed(nodes, 'and')
}
