import type { Flow } from '../flow.ts'
import { type FlowGraph, NOWHERE, visitName } from '../graph/flow-graph.ts'
import { strongComponents } from '../graph/strong-components.ts'
import type { Draft } from './finding-draft.ts'

/** Nodes that call a flow from which the call gets back to them without coming back from it, by flow. */
export function recursiveCalls(graph: FlowGraph): ReadonlyMap<Flow, readonly Draft[]> {
  const componentOf = new Int32Array(graph.nodes.length)
  for (const [component, nodes] of strongComponents(graph).of().entries()) for (const node of nodes) componentOf[node] = component
  const found = new Map<Flow, Draft[]>()
  for (const { kind, from, to } of graph.edges) {
    const [caller, called] = [graph.nodes[from], graph.nodes[to]]
    if (kind !== 'call' || to === NOWHERE || componentOf[from] !== componentOf[to] || !caller || !called) continue
    const draft = describe(caller, called)
    const known = found.get(caller.flow)
    if (known) known.push(draft)
    else found.set(caller.flow, [draft])
  }
  return found
}

type GraphNode = FlowGraph['nodes'][number]

function describe(caller: GraphNode, called: GraphNode): Draft {
  const { flowId } = caller.flow
  const { id, pointer } = caller.node
  const way = called.flow === caller.flow ? 'the flow itself' : `the flow "${called.flow.flowId}", from which calls get here again`
  return {
    rule: 'recursive-call',
    severity: 'warning',
    flowId,
    message: `node "${id}" calls ${way}: each round takes the call one level deeper`,
    at: { pointer },
    way: [{ node: id, branch: 'call' }, { node: visitName(called, flowId) }],
    goal: { kind: 'node', flowId, node: id },
    advice: 'lead back by a branch, or transfer without coming back',
  }
}
