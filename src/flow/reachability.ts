import type { Flow, FlowNode } from './flow.ts'
import { nodeTypes } from './node-types.ts'

type Graph = Pick<Flow, 'nodes' | 'entries'>

/** The nodes that a call or an event can get to. */
export function reachableNodes({ nodes, entries }: Graph): ReadonlySet<string> {
  return spread(entries.values(), (id) => [...(nodes.get(id)?.branches.values() ?? [])].map(({ to }) => to))
}

/** The nodes from which an end can be reached. A node that is broken or leads out of the flow's nodes counts as an end: what is behind it is unknown. */
export function endingNodes({ nodes }: Graph): ReadonlySet<string> {
  const origins = originsOf(nodes)
  const ends = [...nodes.values()].filter((node) => isEnd(node) || hasDanglingBranch(node, nodes)).map(({ id }) => id)
  return spread(ends, (id) => origins.get(id) ?? [])
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
  return [...branches.values()].some(({ to }) => !nodes.has(to))
}

function spread(from: Iterable<string>, next: (id: string) => Iterable<string>): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting = [...from]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    waiting.push(...next(id))
  }
  return reached
}
