import { expect } from 'chai'
import { largeFlow } from '../../bench/large-flow.ts'
import { branchesNeverTaken } from '../../src/flow/analysis/never-taken.ts'
import type { Flow } from '../../src/flow/flow.ts'
import { buildFlowGraph } from '../../src/flow/graph/build-flow-graph.ts'
import type { FlowGraph, GraphEdge } from '../../src/flow/graph/flow-graph.ts'
import { strongComponents } from '../../src/flow/graph/strong-components.ts'
import { createLibrary } from '../../src/flow/library.ts'
import { findLoops } from '../../src/flow/loops/find-loops.ts'
import { readFlow } from '../../src/flow/read-flow.ts'

const flowOf = (nodeCount: number): Flow => readFlow(largeFlow(nodeCount), 'large.flow.yaml')

/** How often an algorithm looks where an edge leads, for each node and branch of a flow. */
function looksPerPart(nodeCount: number, algorithm: (graph: FlowGraph) => unknown): number {
  const graph = buildFlowGraph(createLibrary([flowOf(nodeCount)]))
  let looks = 0
  const edges = graph.edges.map((edge): GraphEdge => {
    const { to } = edge
    return Object.defineProperty({ ...edge }, 'to', {
      get: () => {
        looks += 1
        return to
      },
    })
  })
  algorithm({ ...graph, edges })
  return looks / (graph.nodes.length + graph.edges.length)
}

describe('the effort of an analysis', () => {
  const algorithms: Readonly<Record<string, (graph: FlowGraph) => unknown>> = {
    'to find loops': (graph) => findLoops(graph),
    'to find loops of callers who never choose': (graph) => findLoops(graph, { withoutChoices: true }),
    'to find what hangs together': (graph) => strongComponents(graph).of(),
  }

  for (const [what, algorithm] of Object.entries(algorithms)) {
    it(`grows no faster than nodes and branches ${what}`, () => {
      const few = looksPerPart(500, algorithm)
      expect(few).to.be.greaterThan(0)
      expect(looksPerPart(8_000, algorithm)).to.be.lessThan(few * 1.2)
    })
  }

  it('looks at each diagnosis once, however many nodes are at fault', () => {
    const flow = flowOf(300)
    let looks = 0
    const errors = Array.from({ length: 300 }, (_none, index) => ({
      code: 'VALIDATION_ERROR' as const,
      message: 'is at fault',
      get node(): string {
        looks += 1
        return `n${index + 10_000}`
      },
    }))
    const faulty: Flow = { ...flow, diagnosis: { errors, warnings: [] } }
    branchesNeverTaken(createLibrary([faulty]), faulty, 10_000)
    expect(looks).to.be.within(errors.length, errors.length * 4)
  })

  it('looks for no proof where there are more nodes than states to look at', () => {
    const flow = readFlow(
      'flowId: test\nnodes:\n  - { id: a, type: Start, next: b }\n  - { id: b, type: Menu, branches: { "1": c, noInput: c, noMatch: c, default: c } }\n  - { id: c, type: Exit }',
      'test.flow.yaml',
    )
    const library = createLibrary([flow])
    expect(branchesNeverTaken(library, flow, 100)).to.have.length(1)
    expect(branchesNeverTaken(library, flow, 2)).to.deep.equal([])
  })
})
