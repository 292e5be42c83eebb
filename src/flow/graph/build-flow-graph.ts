import type { Flow } from '../flow.ts'
import type { Library } from '../library.ts'
import { nodeTypes } from '../node-types.ts'
import { usesOf } from '../uses.ts'
import { type EdgeLists, type FlowGraph, type GraphEdge, type GraphEntry, type GraphNode, NOWHERE } from './flow-graph.ts'

/** Builds the graph of all flows of a library. Linear in nodes and branches. */
export function buildFlowGraph(library: Library): FlowGraph {
  const nodes = nodesOf(library)
  const indices = new Map([...library.values()].map((flow) => [flow, new Map<string, number>()]))
  for (const { index, flow, node } of nodes) indices.get(flow)?.set(node.id, index)
  const find = (flow: Flow | undefined, nodeId: string): number => (flow && indices.get(flow)?.get(nodeId)) ?? NOWHERE
  const edges = [...branchEdges(nodes, find), ...crossingEdges(nodes, library, find)].map((edge, index): GraphEdge => ({ ...edge, index }))
  return {
    nodes,
    edges,
    entries: entriesOf(library, find),
    outgoing: listEdges(nodes.length, edges, ({ from }) => from),
    incoming: listEdges(nodes.length, edges, ({ to }) => to),
    indexOf(flowId, nodeId) {
      const index = find(library.get(flowId), nodeId)
      return index === NOWHERE ? undefined : index
    },
  }
}

type Find = (flow: Flow | undefined, nodeId: string) => number
type Unnumbered<Edge> = Edge extends GraphEdge ? Omit<Edge, 'index'> : never

function nodesOf(library: Library): GraphNode[] {
  return [...library.values()]
    .flatMap((flow) => [...flow.nodes.values()].map((node) => ({ flow, node })))
    .filter(({ node }) => nodeTypes.get(node.type)?.executable !== false)
    .map((item, index) => ({ ...item, index }))
}

function branchEdges(nodes: readonly GraphNode[], find: Find): Unnumbered<GraphEdge>[] {
  return nodes.flatMap(({ index, flow, node }) =>
    [...node.branches.values()].map((branch) => ({ kind: 'branch' as const, from: index, to: find(flow, branch.to), branch })),
  )
}

function crossingEdges(nodes: readonly GraphNode[], library: Library, find: Find): Unnumbered<GraphEdge>[] {
  return nodes.flatMap(({ index, node }) => {
    const use = usesOf(node).flow
    if (!use) return []
    const flow = library.get(use.flowId)
    return [
      { kind: use.returns ? ('call' as const) : ('transfer' as const), from: index, to: find(flow, flow?.entries.get(use.entry) ?? '') },
    ]
  })
}

function entriesOf(library: Library, find: Find): GraphEntry[] {
  return [...library.values()].flatMap((flow) => [...flow.entries].map(([name, nodeId]) => ({ flow, name, node: find(flow, nodeId) })))
}

/** Counting sort of the edges by one of their ends. */
function listEdges(nodeCount: number, edges: readonly GraphEdge[], endOf: (edge: GraphEdge) => number): EdgeLists {
  const starts = new Int32Array(nodeCount + 1)
  const known = edges.filter((edge) => endOf(edge) !== NOWHERE)
  for (const edge of known) starts[endOf(edge) + 1] = (starts[endOf(edge) + 1] ?? 0) + 1
  for (let node = 0; node < nodeCount; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0)
  const next = starts.slice()
  const items = new Int32Array(known.length)
  for (const edge of known) {
    const end = endOf(edge)
    const position = next[end] ?? 0
    items[position] = edge.index
    next[end] = position + 1
  }
  return { starts, items }
}
