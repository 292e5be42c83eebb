import type { Flow } from '../flow.ts'
import { type FlowGraph, type GraphEdge, visitName } from '../graph/flow-graph.ts'
import type { Loop } from '../loops/loop.ts'
import { nodeTypes } from '../node-types.ts'
import type { Draft } from './finding-draft.ts'
import { describeWay, type WayStep } from './flow-finding.ts'

/** Loops that trap a caller, whatever they do. */
export function trapFindings(graph: FlowGraph, flow: Flow, loops: readonly Loop[]): Draft[] {
  return loops.filter((loop) => loop.class === 'unguarded').map((loop) => unguarded(graph, flow, loop))
}

/** Loops out of which only a choice leads: `loops` are those of callers who never choose. */
export function retryFindings(graph: FlowGraph, flow: Flow, loops: readonly Loop[]): Draft[] {
  return loops.filter((loop) => loop.class === 'unguarded' && isWaiting(graph, loop)).map((loop) => endless(graph, flow, loop))
}

/** A round as nodes and branches, back to where it begins. */
export function wayOf(graph: FlowGraph, flowId: string, round: readonly GraphEdge[]): readonly WayStep[] {
  const [first] = round
  const steps = round.map((edge) => ({
    node: nameAt(graph, edge.from, flowId),
    branch: edge.kind === 'branch' ? edge.branch.label : edge.kind,
  }))
  return first ? [...steps, { node: nameAt(graph, first.from, flowId) }] : steps
}

function unguarded(graph: FlowGraph, flow: Flow, loop: Loop): Draft {
  const way = wayOf(graph, flow.flowId, loop.round)
  const exit = loop.hasExit ? 'what would lead out of it never changes in it' : 'no branch leads out of it'
  return {
    ...about(graph, flow, loop, way),
    rule: 'unguarded-loop',
    severity: 'error',
    message: `a caller can be trapped: ${describeWay(way)} waits for nobody and counts nothing, and ${exit}`,
    advice: 'let something on the way wait for the caller, count (type: Loop), or change the variable that decides',
    isMootUnreached: true,
  }
}

function endless(graph: FlowGraph, flow: Flow, loop: Loop): Draft {
  const way = wayOf(graph, flow.flowId, loop.round)
  return {
    ...about(graph, flow, loop, way),
    rule: 'endless-retry',
    severity: 'note',
    message: `a caller who never chooses goes round for ever: nothing counts how often ${describeWay(way)} is gone`,
    advice: 'count the tries, with retries or a node of type Loop',
    isMootUnreached: true,
  }
}

function about(graph: FlowGraph, flow: Flow, { round }: Loop, way: readonly WayStep[]): Pick<Draft, 'flowId' | 'at' | 'way' | 'goal'> {
  const first = graph.nodes[round[0]?.from ?? -1]
  const pointer = first?.node.pointer ?? []
  return {
    flowId: flow.flowId,
    at: { pointer },
    way,
    ...(first ? { goal: { kind: 'node', flowId: first.flow.flowId, node: first.node.id } } : {}),
  }
}

function isWaiting(graph: FlowGraph, { round }: Loop): boolean {
  return round.some(({ from }) => {
    const node = graph.nodes[from]?.node
    const guards = node?.spec && nodeTypes.get(node.type)?.loopGuards?.(node.spec)
    return guards?.some(({ kind }) => kind === 'caller') === true
  })
}

function nameAt(graph: FlowGraph, index: number, flowId: string): string {
  const node = graph.nodes[index]
  return node ? visitName(node, flowId) : ''
}
