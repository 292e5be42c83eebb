import { edgesOf, type FlowGraph, type GraphEdge, type GraphNode } from '../graph/flow-graph.ts'
import { nodeTypes } from '../node-types.ts'
import { usesOf } from '../uses.ts'
import { variableOf } from '../variables.ts'

/** What a node means to the loops that go through it. */
export interface NodeRole {
  readonly isHold: boolean
  readonly isCaller: boolean
  /** Labels of branches that are taken only by a choice of the caller. */
  readonly choices: readonly string[]
  /** What outside of the flow has a say in what comes next: `the time of day`. */
  readonly outside: readonly string[]
  /** Variables of the flow by which a branch is chosen. */
  readonly decidedBy: readonly string[]
  readonly writes: readonly string[]
  /** An edge that is taken a bounded number of times before another one of the node. */
  readonly counter?: NodeCounter
}

export interface NodeCounter {
  readonly edge: GraphEdge
  readonly times: number
  /** The variable that counts; absent where nobody else can change the count. */
  readonly variable?: string
}

/** The role of each node, by its index. Calling a flow in which every way waits is waiting as well. */
export function nodeRoles(graph: FlowGraph): readonly NodeRole[] {
  const roles = graph.nodes.map((node) => roleOf(node, graph))
  const waiting = alwaysWaiting(graph, roles)
  return roles.map((role, index) => (waiting[index] === true && !role.isCaller ? { ...role, isCaller: true } : role))
}

function roleOf({ index, flow, node }: GraphNode, graph: FlowGraph): NodeRole {
  const type = nodeTypes.get(node.type)
  const { spec } = node
  const guards = (spec && type?.loopGuards?.(spec)) ?? []
  const demands = (spec && type?.demands?.(spec, flow, node)) ?? {}
  const counters = guards.flatMap((guard): NodeCounter[] => {
    if (guard.kind !== 'counter' && guard.kind !== 'retries') return []
    const edge = counted(graph, index, guard.kind === 'counter' ? guard : { repeat: guard.label, finished: undefined })
    return edge ? [{ edge, times: guard.times, ...(guard.kind === 'counter' ? { variable: guard.variable } : {}) }] : []
  })
  const [counter] = counters
  return {
    isHold: guards.some(({ kind }) => kind === 'hold'),
    isCaller: guards.some(({ kind }) => kind === 'caller'),
    choices: guards.flatMap((guard) => (guard.kind === 'caller' ? guard.choices : [])),
    outside: guards.flatMap((guard) => (guard.kind === 'outside' ? [guard.name] : [])),
    decidedBy: [...new Set((demands.decidedBy ?? []).map(variableOf))],
    writes: usesOf(node).writes ?? [],
    ...(counter ? { counter } : {}),
  }
}

/** The edge that counts; none where the same branch stands in for going on and for coming to the end. */
function counted(
  graph: FlowGraph,
  node: number,
  labels: { readonly repeat: string; readonly finished: string | undefined },
): GraphEdge | undefined {
  const edges = [...edgesOf(graph, graph.outgoing, node)]
  const find = (label: string): GraphEdge | undefined =>
    edges.find((edge) => edge.kind === 'branch' && edge.branch.label === label) ??
    edges.find((edge) => edge.kind === 'branch' && edge.branch.label === 'default')
  const repeat = find(labels.repeat)
  return labels.finished !== undefined && find(labels.finished) === repeat ? undefined : repeat
}

/** Nodes that call a flow in which no way from its entry to its end goes without waiting for the caller or an agent. */
function alwaysWaiting(graph: FlowGraph, roles: readonly NodeRole[]): readonly boolean[] {
  const waits = roles.map(({ isCaller, isHold }) => isCaller || isHold)
  const known = new Map<number, boolean>()
  const calls = graph.edges.filter(({ kind, to }) => kind === 'call' && to >= 0)
  // Each round takes in one more level of calls; flows that call themselves never come to be known as waiting.
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    known.clear()
    for (const { from, to } of calls) {
      if (waits[from] === true || !leavesOnlyAfterWaiting(graph, to, waits, known)) continue
      waits[from] = true
      isChanged = true
    }
  }
  return waits
}

function leavesOnlyAfterWaiting(graph: FlowGraph, entry: number, waits: readonly boolean[], known: Map<number, boolean>): boolean {
  const before = known.get(entry)
  if (before !== undefined) return before
  const seen = new Set<number>()
  const waiting = [entry]
  let isWaiting = true
  for (let node = waiting.pop(); node !== undefined && isWaiting; node = waiting.pop()) {
    if (seen.has(node) || waits[node] === true) continue
    seen.add(node)
    isWaiting = nodeTypes.get(graph.nodes[node]?.node.type ?? '')?.leaves !== true
    for (const { kind, to } of edgesOf(graph, graph.outgoing, node)) if (kind !== 'call' && to >= 0) waiting.push(to)
  }
  known.set(entry, isWaiting)
  return isWaiting
}
