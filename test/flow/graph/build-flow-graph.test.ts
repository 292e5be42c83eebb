import { expect } from 'chai'
import { buildFlowGraph } from '../../../src/flow/graph/build-flow-graph.ts'
import { edgesOf, type FlowGraph, NOWHERE, visitName } from '../../../src/flow/graph/flow-graph.ts'
import { createLibrary } from '../../../src/flow/library.ts'
import { readFlow } from '../../../src/flow/read-flow.ts'

const main = readFlow(
  `
flowId: main
entries: { onHold: tip }
nodes:
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, retries: 1, branches: { "1": ask, "2": ask, "3": nowhere, default: gone } }
  - { id: ask, type: SubFlow, flowId: other, next: gone }
  - { id: gone, type: Transfer, flowId: other }
  - { id: tip, type: Exit }
  - { id: note, type: Annotation, note: nothing }
`,
  'main.flow.yaml',
)
const other = readFlow('flowId: other\nnodes: [{ id: start, type: Start, next: end }, { id: end, type: Exit }]', 'other.flow.yaml')

function nameOf(graph: FlowGraph, node: number): string {
  const found = graph.nodes[node]
  return found ? visitName(found, 'main') : 'nowhere'
}

function edgesFrom(graph: FlowGraph, node: string): string[] {
  return [...edgesOf(graph, graph.outgoing, graph.indexOf('main', node) ?? NOWHERE)].map(
    (edge) => `${edge.kind === 'branch' ? edge.branch.label : edge.kind} → ${nameOf(graph, edge.to)}`,
  )
}

describe('buildFlowGraph', () => {
  const graph = buildFlowGraph(createLibrary([main, other]))

  it('keeps branches apart that lead to the same node, and those that lead nowhere', () => {
    expect(edgesFrom(graph, 'menu')).to.deep.equal(['1 → ask', '2 → ask', '3 → nowhere', 'default → gone', 'retry → menu'])
  })

  it('leads into called flows, to come back or not', () => {
    expect(edgesFrom(graph, 'ask')).to.deep.equal(['default → gone', 'call → other/start'])
    expect(edgesFrom(graph, 'gone')).to.deep.equal(['transfer → other/start'])
  })

  it('knows every entry, also those of events', () => {
    expect(graph.entries.map(({ flow, name, node }) => `${flow.flowId} ${name} → ${nameOf(graph, node)}`)).to.deep.equal([
      'main main → start',
      'main onHold → tip',
      'other main → other/start',
    ])
  })

  it('leaves out notes on the canvas, which no call visits', () => expect(graph.indexOf('main', 'note')).to.equal(undefined))

  it('lists the edges that lead to a node as well', () => {
    const incoming = [...edgesOf(graph, graph.incoming, graph.indexOf('other', 'start') ?? NOWHERE)]
    expect(incoming.map(({ kind, from }) => `${kind} ${nameOf(graph, from)}`)).to.have.members(['call ask', 'transfer gone'])
  })
})
