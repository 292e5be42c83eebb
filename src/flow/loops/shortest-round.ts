import { edgesOf, type FlowGraph, type GraphEdge } from '../graph/flow-graph.ts'

/** How many edges all searches together may look at, for each edge of the graph. */
const LOOKS_PER_EDGE = 8
const LEAST_LOOKS = 10_000

type IsInside = (edge: GraphEdge) => boolean

/** Finds the shortest ways around, breadth first, and stops looking where that would take more than a bounded multiple of the graph. */
export class RoundFinder {
  readonly #graph: FlowGraph
  #looksLeft: number

  constructor(graph: FlowGraph) {
    this.#graph = graph
    this.#looksLeft = Math.max(LEAST_LOOKS, LOOKS_PER_EDGE * graph.edges.length)
  }

  /** The shortest round through a node. */
  within(node: number, isInside: IsInside): readonly GraphEdge[] {
    return this.#wayTo(node, node, isInside) ?? [...edgesOf(this.#graph, this.#graph.outgoing, node)].filter(isInside).slice(0, 1)
  }

  /** The shortest round that begins with an edge. */
  through(edge: GraphEdge, isInside: IsInside): readonly GraphEdge[] {
    if (edge.from === edge.to) return [edge]
    return [edge, ...(this.#wayTo(edge.to, edge.from, isInside) ?? [])]
  }

  /** The shortest way, of one edge at least. */
  #wayTo(from: number, to: number, isInside: IsInside): readonly GraphEdge[] | undefined {
    const origins = new Map<number, GraphEdge>()
    const queue = [from]
    for (const node of queue) {
      for (const edge of edgesOf(this.#graph, this.#graph.outgoing, node)) {
        this.#looksLeft -= 1
        if (this.#looksLeft < 0) return undefined
        if (!isInside(edge) || origins.has(edge.to)) continue
        origins.set(edge.to, edge)
        if (edge.to === to) return wayBack(origins, to, from)
        queue.push(edge.to)
      }
    }
    return undefined
  }
}

function wayBack(origins: ReadonlyMap<number, GraphEdge>, to: number, from: number): readonly GraphEdge[] {
  const way: GraphEdge[] = []
  let edge = origins.get(to)
  while (edge) {
    way.push(edge)
    edge = edge.from === from ? undefined : origins.get(edge.from)
  }
  return way.toReversed()
}
