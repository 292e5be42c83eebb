import type { Flow } from '../flow.ts'
import type { Library } from '../library.ts'
import { usesOf } from '../uses.ts'

/** Whether a call that enters `flow` could get to a node by the branches alone, whatever they depend on. Linear in nodes and branches. */
export function reachableFrom(library: Library, flow: Flow, entries: Iterable<string>): (flowId: string, nodeId: string) => boolean {
  const reached = new Map<Flow, Set<string>>()
  const waiting = [...entries].map((entry) => ({ flow, nodeId: flow.entries.get(entry) }))
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const node = place.nodeId === undefined ? undefined : place.flow.nodes.get(place.nodeId)
    const known = reached.get(place.flow) ?? new Set<string>()
    reached.set(place.flow, known)
    if (!node || known.has(node.id)) continue
    known.add(node.id)
    for (const { to } of node.branches.values()) waiting.push({ flow: place.flow, nodeId: to })
    const use = usesOf(node).flow
    const called = use && library.get(use.flowId)
    if (called) waiting.push({ flow: called, nodeId: called.entries.get(use.entry) })
  }
  return (flowId, nodeId) => {
    const known = library.get(flowId)
    return known !== undefined && reached.get(known)?.has(nodeId) === true
  }
}
