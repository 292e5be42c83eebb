import type { Json } from '../../model/json.ts'
import type { VisitBounds } from '../../model/visit-bounds.ts'
import { buildFlowGraph } from '../graph/build-flow-graph.ts'
import type { FlowGraph } from '../graph/flow-graph.ts'
import { createLibrary } from '../library.ts'
import { nodeTypes } from '../node-types.ts'
import { readFlow } from '../read-flow.ts'
import { findLoops } from './find-loops.ts'
import type { Loop } from './loop.ts'

const LEADS_OUT: Readonly<Record<Loop['class'], string>> = {
  counted: '',
  hold: 'only an agent who answers ends it',
  caller: 'only a choice of the caller ends it',
  guarded: 'a variable leads out of it, but nothing counts',
  unguarded: 'nothing on this way counts how often it is gone',
}

/**
 * The bounds of the nodes of a flow, from its definition as the API tells it: counters and retries multiplied, for a caller who never
 * chooses. `undefined` where the definition is no flow. Nodes of the flows that it calls are unknown.
 */
export function visitBounds(definition: Json): VisitBounds | undefined {
  const flow = readFlow(JSON.stringify(definition), 'definition')
  if (flow.nodes.size === 0) return undefined
  const graph = buildFlowGraph(createLibrary([flow]))
  const { mostVisits, uncounted } = findLoops(graph, { withoutChoices: true })
  const find = (node: string): number | undefined => graph.indexOf(flow.flowId, node)
  return {
    most: (node) => mostVisits[find(node) ?? -1],
    why: (node) => {
      const loop = uncounted.get(find(node) ?? -1)
      return loop && `${roundOf(graph, loop)}: ${LEADS_OUT[loop.class]}`
    },
    isChoice(node, input) {
      const known = flow.nodes.get(node)
      const guards = (known?.spec && nodeTypes.get(known.type)?.loopGuards?.(known.spec)) ?? []
      return typeof input === 'string' && guards.some((guard) => guard.kind === 'caller' && guard.isChoice(input))
    },
  }
}

function roundOf(graph: FlowGraph, { round }: Loop): string {
  const names = [...round.map(({ from }) => from), round[0]?.from ?? -1].map((index) => graph.nodes[index]?.node.id ?? '')
  return names.join(' → ')
}
