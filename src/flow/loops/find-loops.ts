import { type FlowGraph, type GraphEdge, NOWHERE } from '../graph/flow-graph.ts'
import { type StrongComponents, strongComponents } from '../graph/strong-components.ts'
import type { Loop, LoopClass } from './loop.ts'
import { type NodeCounter, type NodeRole, nodeRoles } from './node-roles.ts'
import { RoundFinder } from './shortest-round.ts'

/** What the loops of a library are, and how often they let a call come to each node. */
export interface LoopAnalysis {
  readonly loops: readonly Loop[]
  /** How often a call, each time that it enters the flow, may visit each node, by its index; Infinity where nothing counts. */
  readonly mostVisits: Float64Array
  /** The loop, of those that nothing counts, that goes through each node. */
  readonly uncounted: ReadonlyMap<number, Loop>
}

/** Counters inside counters inside counters: deeper ones are all taken for bounding, so that the time stays linear. */
const DEEPEST = 64

/**
 * Judges every loop by what bounds it. A part of the graph in which all counters that go on also come to their end has rounds without
 * end; otherwise the branches of the counters that do not are taken out, and what still hangs together is looked at again: the test of
 * E. A. Emerson and C.-L. Lei, "Modalities for model checking", Science of Computer Programming 8 (1987), for infinite ways under
 * strong fairness. What remains is taken apart by what waits, then by what can lead out. Linear in nodes and branches for counters that
 * are nested no deeper than a fixed bound.
 */
export function findLoops(graph: FlowGraph, options: FindLoopsOptions = {}): LoopAnalysis {
  return new LoopFinder(graph, options).run([...graph.nodes.keys()])
}

export interface FindLoopsOptions {
  /** Whether to look at callers who never choose: who are silent, or enter what is no choice. Then waiting for them ends nothing. @default false */
  readonly withoutChoices?: boolean
  /** The roles of the graph's nodes, where they are known already. @default worked out anew */
  readonly roles?: readonly NodeRole[]
}

/** Nodes that hang together, as far as they were not taken apart. */
interface Part {
  readonly nodes: readonly number[]
  /** How often it was taken apart to get it. */
  readonly depth: number
  /** How often a call may come in. */
  readonly times: number
  /** What it was taken apart by: the first of `LEVELS` that is still to be looked at. */
  readonly level: number
}

class LoopFinder {
  readonly #graph: FlowGraph
  readonly #roles: readonly NodeRole[]
  readonly #components: StrongComponents
  readonly #rounds: RoundFinder
  readonly #loops: Loop[] = []
  /** The edges that leave each node, but for calls: those lead deeper and not around. */
  readonly #outgoing: readonly GraphEdge[][]
  readonly #mostVisits: Float64Array
  readonly #uncounted = new Map<number, Loop>()
  /** Edges that counters bound, and those that are not looked at. */
  readonly #removed: Uint8Array
  /** The part that each node is in. */
  readonly #partOf: Int32Array
  #parts = 0

  constructor(graph: FlowGraph, { withoutChoices = false, roles = nodeRoles(graph) }: FindLoopsOptions) {
    this.#graph = graph
    this.#roles = withoutChoices ? roles.map((role) => (role.isCaller ? { ...role, isCaller: false } : role)) : roles
    this.#components = strongComponents(graph)
    this.#outgoing = graph.nodes.map(() => [])
    for (const edge of graph.edges) if (edge.kind !== 'call') this.#outgoing[edge.from]?.push(edge)
    this.#rounds = new RoundFinder(graph)
    this.#mostVisits = new Float64Array(graph.nodes.length).fill(1)
    this.#removed = new Uint8Array(graph.edges.length)
    this.#partOf = new Int32Array(graph.nodes.length).fill(NOWHERE)
    if (withoutChoices) for (const edge of graph.edges) if (isChoice(edge, this.#roles[edge.from])) this.#removed[edge.index] = 1
  }

  run(nodes: readonly number[]): LoopAnalysis {
    const parts: Part[] = this.#split(nodes).map((found) => ({ nodes: found, depth: 0, times: 1, level: 0 }))
    for (let part = parts.pop(); part; part = parts.pop()) parts.push(...this.#judge(part))
    return { loops: this.#loops, mostVisits: this.#mostVisits, uncounted: this.#uncounted }
  }

  /** Takes a part apart; what is left of it. */
  #judge(part: Part): Part[] {
    this.#enter(part.nodes)
    const counters = part.depth < DEEPEST ? this.#boundingCounters(part.nodes) : this.#allCounters(part.nodes)
    return counters.length > 0 ? this.#count(part, counters) : this.#wait(part)
  }

  /** Takes out the branches that counters bound. */
  #count(part: Part, counters: readonly NodeCounter[]): Part[] {
    const times = part.times * (1 + counters.reduce((sum, counter) => sum + counter.times, 0))
    for (const node of part.nodes) this.#mostVisits[node] = times
    for (const counter of counters) this.#loops.push(this.#countedLoop(counter))
    for (const { edge } of counters) this.#removed[edge.index] = 1
    return this.#split(part.nodes).map((nodes) => ({ ...part, nodes, depth: part.depth + 1, times }))
  }

  /** Where no counter bounds a part: takes out the nodes that wait, then those that may lead out. Nothing ends what is left. */
  #wait(part: Part): Part[] {
    const { nodes, level } = part
    for (const node of nodes) this.#mostVisits[node] = Number.POSITIVE_INFINITY
    const current = LEVELS[level]
    if (!current) {
      this.#tell(nodes, 'unguarded')
      return []
    }
    const next = { ...part, level: level + 1, times: Number.POSITIVE_INFINITY }
    const marked = current.find(this, nodes)
    if (marked.size === 0) return [next]
    this.#tell(nodes, current.class, current.describe(this, nodes, marked))
    // With the parts, also what leads out of them changes: the same may be found once more.
    const again = { ...part, depth: part.depth + 1, times: Number.POSITIVE_INFINITY }
    const follows = part.depth < DEEPEST ? again : next
    return this.#split(nodes.filter((node) => !marked.has(node))).map((left) => ({ ...follows, nodes: left }))
  }

  /** Counters that go on inside the part and come to their end only outside of it, and that nothing in it sets back. */
  #boundingCounters(nodes: readonly number[]): NodeCounter[] {
    const writers = this.writersIn(nodes)
    const isReset = nodes.some((node) => this.#edgesFrom(node).some((edge) => edge.kind === 'transfer' && this.#isInside(edge)))
    return this.#allCounters(nodes).filter(({ edge, variable }) => {
      const isLeft = this.#edgesFrom(edge.from).every((other) => other === edge || !this.#isInside(other))
      const isOwn = variable === undefined || (!isReset && writers.get(this.#nameOf(edge.from, variable)) === 1)
      return isLeft && isOwn
    })
  }

  #allCounters(nodes: readonly number[]): NodeCounter[] {
    return nodes.flatMap((node) => {
      const counter = this.#roles[node]?.counter
      return counter && this.#isInside(counter.edge) ? [counter] : []
    })
  }

  #tell(part: readonly number[], loopClass: LoopClass, by?: string): void {
    const first = part.reduce((least, node) => Math.min(least, node), Number.POSITIVE_INFINITY)
    const loop: Loop = {
      class: loopClass,
      round: this.#rounds.within(first, (edge) => this.#isInside(edge)),
      ...(by === undefined ? {} : { by }),
      hasExit: part.some((node) => this.hasExit(node)),
    }
    this.#loops.push(loop)
    for (const node of part) this.#uncounted.set(node, loop)
  }

  #countedLoop({ edge, times, variable }: NodeCounter): Loop {
    return {
      class: 'counted',
      round: this.#rounds.through(edge, (other) => this.#isInside(other)),
      by: variable === undefined ? 'the number of retries' : `the counter "${variable}"`,
      bound: times,
      hasExit: true,
    }
  }

  roleOf(node: number): NodeRole | undefined {
    return this.#roles[node]
  }

  /** Whether a branch of the node leads out of the part that is looked at. */
  hasExit(node: number): boolean {
    return this.#edgesFrom(node).some((edge) => !this.#isInside(edge) && this.#removed[edge.index] !== 1)
  }

  /** The variables by which the node may lead out of the part, and that the part changes. */
  changingGuards(node: number, writers: ReadonlyMap<string, number>): readonly string[] {
    const names = this.#roles[node]?.decidedBy ?? []
    return this.hasExit(node) ? names.filter((name) => writers.has(this.#nameOf(node, name))) : []
  }

  /** How many nodes set each variable. */
  writersIn(nodes: readonly number[]): ReadonlyMap<string, number> {
    const writers = new Map<string, number>()
    for (const node of nodes) {
      for (const name of this.#roles[node]?.writes ?? []) {
        const key = this.#nameOf(node, name)
        writers.set(key, (writers.get(key) ?? 0) + 1)
      }
    }
    return writers
  }

  #nameOf(node: number, variable: string): string {
    return `${this.#graph.nodes[node]?.flow.flowId} ${variable}`
  }

  #enter(nodes: readonly number[]): void {
    this.#parts += 1
    for (const node of nodes) this.#partOf[node] = this.#parts
  }

  #isInside(edge: GraphEdge): boolean {
    return this.#isThere(edge) && this.#partOf[edge.from] === this.#partOf[edge.to] && this.#partOf[edge.from] === this.#parts
  }

  #isThere(edge: GraphEdge): boolean {
    return edge.to !== NOWHERE && edge.kind !== 'call' && this.#removed[edge.index] !== 1
  }

  #edgesFrom(node: number): readonly GraphEdge[] {
    return this.#outgoing[node] ?? []
  }

  /** The parts of some nodes that hang together and have a way around. */
  #split(nodes: readonly number[]): (readonly number[])[] {
    this.#enter(nodes)
    const isInside = (edge: GraphEdge): boolean => this.#isInside(edge)
    return this.#components.of({ nodes, hasEdge: isInside }).filter((part) => part.length > 1 || this.#hasOwnRound(part[0] ?? NOWHERE))
  }

  #hasOwnRound(node: number): boolean {
    return this.#edgesFrom(node).some((edge) => edge.to === node && this.#isInside(edge))
  }
}

function isChoice(edge: GraphEdge, role: NodeRole | undefined): boolean {
  return edge.kind === 'branch' && role?.choices.includes(edge.branch.label) === true
}

interface Level {
  readonly class: LoopClass
  /** The nodes of a part that make its loops be of the class. */
  readonly find: (finder: LoopFinder, part: readonly number[]) => ReadonlySet<number>
  readonly describe: (finder: LoopFinder, part: readonly number[], marked: ReadonlySet<number>) => string
}

const LEVELS: readonly Level[] = [
  {
    class: 'hold',
    find: (finder, part) => new Set(part.filter((node) => finder.roleOf(node)?.isHold)),
    describe: () => 'hold music',
  },
  {
    class: 'caller',
    find: (finder, part) => new Set(part.filter((node) => finder.roleOf(node)?.isCaller)),
    describe: () => 'the caller',
  },
  {
    class: 'guarded',
    find(finder, part) {
      const writers = finder.writersIn(part)
      return new Set(part.filter((node) => isOutside(finder, node) || finder.changingGuards(node, writers).length > 0))
    },
    describe(finder, part, marked) {
      const writers = finder.writersIn(part)
      const names = [...marked].flatMap((node) => finder.changingGuards(node, writers).map((name) => `the variable "${name}"`))
      const outside = [...marked].flatMap((node) => (isOutside(finder, node) ? (finder.roleOf(node)?.outside ?? []) : []))
      return [...new Set([...names, ...outside])].slice(0, 4).join(', ')
    },
  },
]

function isOutside(finder: LoopFinder, node: number): boolean {
  return (finder.roleOf(node)?.outside.length ?? 0) > 0 && finder.hasExit(node)
}
