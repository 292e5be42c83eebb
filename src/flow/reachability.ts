import type { Flow, FlowNode } from './flow.ts'
import { nodeTypes } from './node-types.ts'

type Graph = Pick<Flow, 'nodes' | 'entries'>

/** The nodes that a call or an event can get to. */
export function reachableNodes({ nodes, entries }: Graph): ReadonlySet<string> {
  const reached = new Set<string>(entries.values())
  // A set is gone through in the order of its growth, so what is added on the way is looked at too.
  for (const id of reached) for (const { to } of nodes.get(id)?.branches.values() ?? []) reached.add(to)
  return reached
}

/** The nodes from which an end can be reached. A node that is broken or leads out of the flow's nodes counts as an end: what is behind it is unknown. */
export function endingNodes({ nodes }: Graph): ReadonlySet<string> {
  const origins = originsOf(nodes)
  const ending = new Set<string>()
  for (const node of nodes.values()) if (isEnd(node) || hasDanglingBranch(node, nodes)) ending.add(node.id)
  for (const id of ending) for (const origin of origins.get(id) ?? []) ending.add(origin)
  return ending
}

/** Node → the nodes that lead to it. */
function originsOf(nodes: Graph['nodes']): ReadonlyMap<string, readonly string[]> {
  const origins = new Map<string, string[]>()
  for (const { branches } of nodes.values()) {
    for (const { from, to } of branches.values()) {
      const known = origins.get(to)
      if (known) known.push(from)
      else origins.set(to, [from])
    }
  }
  return origins
}

function isEnd({ spec, type, branches }: FlowNode): boolean {
  return !spec || branches.size === 0 || nodeTypes.get(type)?.mayEnd?.(spec) === true
}

function hasDanglingBranch({ branches }: FlowNode, nodes: Graph['nodes']): boolean {
  for (const { to } of branches.values()) if (!nodes.has(to)) return true
  return false
}
