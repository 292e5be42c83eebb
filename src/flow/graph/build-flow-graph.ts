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
  const find: Find = (flow, nodeId) => (flow && indices.get(flow)?.get(nodeId)) ?? NOWHERE
  const edges: GraphEdge[] = []
  addBranches(edges, nodes, find)
  addCrossings(edges, nodes, library, find)
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

function nodesOf(library: Library): GraphNode[] {
  const nodes: GraphNode[] = []
  for (const flow of library.values()) {
    for (const node of flow.nodes.values()) {
      if (nodeTypes.get(node.type)?.executable !== false) nodes.push({ index: nodes.length, flow, node })
    }
  }
  return nodes
}

function addBranches(edges: GraphEdge[], nodes: readonly GraphNode[], find: Find): void {
  for (const { index: from, flow, node } of nodes) {
    for (const branch of node.branches.values()) {
      edges.push({ kind: 'branch', index: edges.length, from, to: find(flow, branch.to), branch })
    }
  }
}

function addCrossings(edges: GraphEdge[], nodes: readonly GraphNode[], library: Library, find: Find): void {
  for (const { index: from, node } of nodes) {
    const use = usesOf(node).flow
    if (!use) continue
    const flow = library.get(use.flowId)
    const to = find(flow, flow?.entries.get(use.entry) ?? '')
    edges.push({ kind: use.returns ? 'call' : 'transfer', index: edges.length, from, to })
  }
}

function entriesOf(library: Library, find: Find): GraphEntry[] {
  return [...library.values()].flatMap((flow) => [...flow.entries].map(([name, nodeId]) => ({ flow, name, node: find(flow, nodeId) })))
}

/** Counting sort of the edges by one of their ends. */
function listEdges(nodeCount: number, edges: readonly GraphEdge[], endOf: (edge: GraphEdge) => number): EdgeLists {
  const starts = new Int32Array(nodeCount + 1)
  for (const edge of edges) if (endOf(edge) !== NOWHERE) starts[endOf(edge) + 1] = (starts[endOf(edge) + 1] ?? 0) + 1
  for (let node = 0; node < nodeCount; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0)
  const next = starts.slice()
  const items = new Int32Array(starts[nodeCount] ?? 0)
  for (const edge of edges) {
    const end = endOf(edge)
    if (end === NOWHERE) continue
    const position = next[end] ?? 0
    items[position] = edge.index
    next[end] = position + 1
  }
  return { starts, items }
}
