import type { Branch, Flow, FlowNode } from '../flow.ts'

/**
 * Flows as one graph in whole numbers, for algorithms over many nodes: every node and every edge has an index, and the lists of a
 * node's edges lie side by side in typed arrays. Built by `buildFlowGraph`; what the flows hold is not copied.
 */
export interface FlowGraph {
  readonly nodes: readonly GraphNode[]
  /** Branches first, in the order of the flows; then what leads from flow to flow. */
  readonly edges: readonly GraphEdge[]
  readonly entries: readonly GraphEntry[]
  /** The edges that leave a node. */
  readonly outgoing: EdgeLists
  /** The edges that lead to a node. */
  readonly incoming: EdgeLists
  /** The node's index; `undefined` where there is none. */
  readonly indexOf: (flowId: string, nodeId: string) => number | undefined
}

/** A node that calls may visit; notes on the canvas are not among them. */
export interface GraphNode {
  readonly index: number
  readonly flow: Flow
  readonly node: FlowNode
}

/** Where one visit may lead. Two labels that lead to one node are two edges. */
export type GraphEdge = BranchEdge | CrossingEdge

/** A labelled branch of a flow. The `default` of a node that calls another flow is taken when that one returns. */
interface BranchEdge {
  readonly kind: 'branch'
  readonly index: number
  readonly from: number
  /** {@link NOWHERE} where the branch leads to no node of the flow. */
  readonly to: number
  readonly branch: Branch
}

/** From a node into another flow: to come back (`call`), or not (`transfer`). */
interface CrossingEdge {
  readonly kind: 'call' | 'transfer'
  readonly index: number
  readonly from: number
  /** {@link NOWHERE} where that flow or its entry does not exist. */
  readonly to: number
}

/** Where calls (`main`) and events come into a flow. */
export interface GraphEntry {
  readonly flow: Flow
  readonly name: string
  /** {@link NOWHERE} where the entry leads to no node. */
  readonly node: number
}

/** Edge indices by node: those of node n are `items[starts[n]]` up to, not including, `items[starts[n + 1]]`. */
export interface EdgeLists {
  readonly starts: Int32Array
  readonly items: Int32Array
}

/** Stands for a node that is not there. */
export const NOWHERE = -1

/** The edges of one node, one after the other. */
export function* edgesOf(graph: FlowGraph, lists: EdgeLists, node: number): Generator<GraphEdge> {
  const end = lists.starts[node + 1] ?? 0
  for (let position = lists.starts[node] ?? 0; position < end; position += 1) {
    const edge = graph.edges[lists.items[position] ?? NOWHERE]
    if (edge) yield edge
  }
}

/** How traces and people name the node in calls that enter `flowId`: nodes of other flows carry the id of theirs. */
export function visitName({ flow, node }: Pick<GraphNode, 'flow' | 'node'>, flowId: string): string {
  return flow.flowId === flowId ? node.id : `${flow.flowId}/${node.id}`
}
