import { expect } from 'chai'
import fc from 'fast-check'
import { buildFlowGraph } from '../../../src/flow/graph/build-flow-graph.ts'
import type { FlowGraph } from '../../../src/flow/graph/flow-graph.ts'
import { strongComponents } from '../../../src/flow/graph/strong-components.ts'
import { createLibrary } from '../../../src/flow/library.ts'
import { readFlow } from '../../../src/flow/read-flow.ts'

/** A flow of menus: node n leads to each of the nodes of `targets[n]`. */
function graphOf(targets: readonly (readonly number[])[]): FlowGraph {
  const nodes = targets.map((nexts, index) => ({
    id: `n${index}`,
    type: 'Case',
    variable: 'v',
    branches: Object.fromEntries(nexts.map((next, label) => [`k${label}`, `n${next}`])),
  }))
  return buildFlowGraph(createLibrary([readFlow(JSON.stringify({ flowId: 'f', nodes }), 'f.flow.json')]))
}

/** Which nodes can be reached from each, itself included: by trying. */
function closureOf(targets: readonly (readonly number[])[]): readonly ReadonlySet<number>[] {
  return targets.map((_targets, start) => {
    const reached = new Set([start])
    for (const node of reached) for (const next of targets[node] ?? []) reached.add(next)
    return reached
  })
}

const SIZE = 7
const graphs = fc.array(fc.uniqueArray(fc.nat(SIZE - 1), { maxLength: 3 }), { minLength: SIZE, maxLength: SIZE })

function componentsOf(graph: FlowGraph): readonly (readonly number[])[] {
  return strongComponents(graph).of()
}

describe('strongComponents', () => {
  it('puts two nodes together exactly where each can be reached from the other', () => {
    fc.assert(
      fc.property(graphs, (targets) => {
        const closure = closureOf(targets)
        const isTogether = (one: number, other: number): boolean => closure[one]?.has(other) === true && closure[other]?.has(one) === true
        const expected = targets.map((_nexts, one) => [...targets.keys()].filter((other) => isTogether(one, other)))
        for (const component of componentsOf(graphOf(targets))) {
          for (const node of component) expect(component.toSorted()).to.deep.equal(expected[node])
        }
      }),
    )
  })

  it('tells what a component leads to before the component, and every node once', () => {
    fc.assert(
      fc.property(graphs, (targets) => {
        const components = componentsOf(graphOf(targets))
        const placeOf = (node: number): number => components.findIndex((component) => component.includes(node))
        for (const [node, nexts] of targets.entries()) for (const next of nexts) expect(placeOf(next)).to.be.at.most(placeOf(node))
        expect(components.flat().toSorted()).to.deep.equal([...targets.keys()])
      }),
    )
  })

  it('leaves out edges and nodes on request, and remembers nothing of it', () => {
    const finder = strongComponents(graphOf([[1], [0], [2]]))
    expect(finder.of({ hasEdge: ({ from, to }) => from <= to })).to.deep.equal([[1], [0], [2]])
    expect(finder.of({ nodes: [0] })).to.deep.equal([[0]])
    expect(finder.of().map((component) => component.toSorted())).to.deep.equal([[0, 1], [2]])
  })

  it('needs no deep stack for a long chain', () => {
    const chain = Array.from({ length: 50_000 }, (_none, index) => [(index + 1) % 50_000])
    expect(componentsOf(graphOf(chain))).to.have.length(1)
  })
})
