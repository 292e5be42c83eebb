import { expect } from 'chai'
import fc from 'fast-check'
import { buildFlowGraph } from '../../../src/flow/graph/build-flow-graph.ts'
import { type FlowGraph, NOWHERE } from '../../../src/flow/graph/flow-graph.ts'
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

describe('strongComponents', () => {
  it('puts two nodes together exactly where each can be reached from the other', () => {
    fc.assert(
      fc.property(graphs, (targets) => {
        const { componentOf } = strongComponents(graphOf(targets))
        const closure = closureOf(targets)
        for (let one = 0; one < SIZE; one += 1) {
          for (let other = 0; other < SIZE; other += 1) {
            const isTogether = closure[one]?.has(other) === true && closure[other]?.has(one) === true
            expect(componentOf[one] === componentOf[other]).to.equal(isTogether)
          }
        }
      }),
    )
  })

  it('numbers what a component leads to before the component', () => {
    fc.assert(
      fc.property(graphs, (targets) => {
        const { componentOf, count } = strongComponents(graphOf(targets))
        for (const [node, nexts] of targets.entries()) {
          for (const next of nexts) expect(componentOf[next]).to.be.at.most(componentOf[node] ?? NOWHERE)
        }
        expect(new Set(componentOf).size).to.equal(count)
      }),
    )
  })

  it('leaves out edges and nodes on request', () => {
    const graph = graphOf([[1], [0], [2]])
    const isForwards = strongComponents(graph, { hasEdge: ({ from, to }) => from <= to })
    expect(isForwards.componentOf[0]).to.not.equal(isForwards.componentOf[1])
    expect([...strongComponents(graph, { nodes: [0] }).componentOf].map((component) => component === NOWHERE)).to.deep.equal([
      false,
      false,
      true,
    ])
  })

  it('needs no deep stack for a long chain', () => {
    const chain = Array.from({ length: 50_000 }, (_none, index) => [(index + 1) % 50_000])
    expect(strongComponents(graphOf(chain)).count).to.equal(1)
  })
})
