import { expect } from 'chai'
import fc from 'fast-check'
import { execute } from '../../../src/flow/execute.ts'
import type { Flow } from '../../../src/flow/flow.ts'
import { buildFlowGraph } from '../../../src/flow/graph/build-flow-graph.ts'
import { type FlowGraph, NOWHERE, visitName } from '../../../src/flow/graph/flow-graph.ts'
import { createLibrary } from '../../../src/flow/library.ts'
import { findLoops } from '../../../src/flow/loops/find-loops.ts'
import type { Loop, LoopClass } from '../../../src/flow/loops/loop.ts'
import { readFlow } from '../../../src/flow/read-flow.ts'
import { flowOf, soundFlow } from '../support.ts'

function nameOf(graph: FlowGraph, node: number): string {
  const found = graph.nodes[node]
  return found ? visitName(found, graph.nodes[0]?.flow.flowId ?? '') : 'nowhere'
}

/** `counted by the counter "c" (3): tries -Repeat→ menu -default→ tries`. */
function describeLoop(graph: FlowGraph, { class: kind, by, bound, round }: Loop): string {
  const way = round.map((edge) => ` -${edge.kind === 'branch' ? edge.branch.label : edge.kind}→ ${nameOf(graph, edge.to)}`)
  return `${kind}${by === undefined ? '' : ` by ${by}`}${bound === undefined ? '' : ` (${bound})`}: ${nameOf(graph, round[0]?.from ?? NOWHERE)}${way.join('')}`
}

function loopsOf(...flows: readonly Flow[]): string[] {
  const graph = buildFlowGraph(createLibrary(flows))
  return findLoops(graph).loops.map((loop) => describeLoop(graph, loop))
}

function visitsOf(...flows: readonly Flow[]): Record<string, number> {
  const graph = buildFlowGraph(createLibrary(flows))
  const { mostVisits } = findLoops(graph)
  return Object.fromEntries(graph.nodes.map(({ index }) => [nameOf(graph, index), mostVisits[index] ?? Number.NaN]))
}

const START = '  - { id: start, type: Start, next: menu }\n'
const OUT = '  - { id: out, type: Exit }'

/** The retry that every call flow has: four visits of the menu. */
const retry = flowOf(`${START}
  - { id: menu, type: Menu, branches: { "1": out, default: tries } }
  - { id: tries, type: Loop, repeat: 3, counter: c, branches: { Repeat: invalid, Finished: out } }
  - { id: invalid, type: PlayPrompt, prompt: Invalid., next: menu }
${OUT}`)

describe('findLoops', () => {
  it('takes the standard retry for counted, with its bound and four visits of the menu', () => {
    expect(loopsOf(retry)).to.deep.equal(['counted by the counter "c" (3): tries -Repeat→ invalid -default→ menu -default→ tries'])
    expect(visitsOf(retry)).to.include({ start: 1, menu: 4, tries: 4, invalid: 4, out: 1 })
  })

  it('takes a menu for waiting, whether it leads back to itself or around', () => {
    const flow = flowOf(`${START}
  - { id: menu, type: Menu, branches: { "1": out, "9": menu, default: invalid } }
  - { id: invalid, type: PlayPrompt, prompt: Invalid., next: menu }
${OUT}`)
    expect(loopsOf(flow)).to.deep.equal(['caller by the caller: menu -9→ menu'])
    expect(visitsOf(flow)).to.include({ menu: Number.POSITIVE_INFINITY, invalid: Number.POSITIVE_INFINITY, out: 1 })
  })

  it('counts the retries of a node that asks again by itself', () => {
    const flow = flowOf(`${START}
  - { id: menu, type: Menu, retries: 2, branches: { "1": out, default: out } }
${OUT}`)
    expect(loopsOf(flow)).to.deep.equal(['counted by the number of retries (2): menu -retry→ menu'])
    expect(visitsOf(flow)).to.include({ menu: 3 })
  })

  it('takes hold music that plays on for hold', () => {
    const flow = readFlow(
      `flowId: held
nodes:
  - { id: start, type: Start, next: music }
  - { id: music, type: Music, next: tip }
  - { id: tip, type: PlayPrompt, prompt: Stay., next: music }`,
      'held.flow.yaml',
    )
    expect(loopsOf(flow)).to.deep.equal(['hold by hold music: music -default→ tip -default→ music'])
  })

  it('takes a loop for guarded where a branch leads out by a variable that the loop changes', () => {
    const flow = flowOf(
      `
  - { id: start, type: Start, next: count }
  - { id: count, type: SetVariable, set: { n: { add: 1 } }, next: check }
  - { id: check, type: Condition, if: { variable: n, lt: 3 }, branches: { then: count, else: out } }
${OUT}`,
      'variables: { n: 0 }',
    )
    expect(loopsOf(flow)).to.deep.equal(['guarded by the variable "n": count -default→ check -then→ count'])
  })

  it('finds loops that nothing ends: a comparison of what does not change, and no branch out', () => {
    const stuck = flowOf(
      `
  - { id: start, type: Start, next: say }
  - { id: say, type: PlayPrompt, prompt: Again., next: check }
  - { id: check, type: Condition, if: { variable: n, lt: 3 }, branches: { then: say, else: out } }
${OUT}`,
      'variables: { n: 0 }',
    )
    expect(loopsOf(stuck)).to.deep.equal(['unguarded: say -default→ check -then→ say'])
    const round = readFlow(
      'flowId: round\nnodes:\n  - { id: start, type: Start, next: a }\n  - { id: a, type: PlayPrompt, prompt: A, next: b }\n  - { id: b, type: PlayPrompt, prompt: B, next: a }',
      'round.flow.yaml',
    )
    const graph = buildFlowGraph(createLibrary([round]))
    expect(findLoops(graph).loops).to.have.length(1)
    expect(findLoops(graph).loops[0]).to.include({ class: 'unguarded', hasExit: false })
  })

  it('does not trust a counter that the loop sets back, or that starts over inside', () => {
    const reset = flowOf(
      `
  - { id: start, type: Start, next: tries }
  - { id: tries, type: Loop, repeat: 3, counter: c, branches: { Repeat: reset, Finished: out } }
  - { id: reset, type: SetVariable, set: { c: 0 }, next: tries }
${OUT}`,
      'variables: { c: 0 }',
    )
    expect(loopsOf(reset)).to.deep.equal(['guarded by the variable "c": tries -Repeat→ reset -default→ tries'])
    const restarted = readFlow(
      'flowId: over\nnodes:\n  - { id: start, type: Start, next: tries }\n  - { id: tries, type: Loop, repeat: 3, branches: { Repeat: say, Finished: say } }\n  - { id: say, type: PlayPrompt, prompt: A, next: tries }',
      'over.flow.yaml',
    )
    expect(loopsOf(restarted)).to.deep.equal(['unguarded: tries -Repeat→ say -default→ tries'])
  })

  it('multiplies counters inside counters', () => {
    const flow = flowOf(`${START}
  - { id: menu, type: Menu, retries: 1, branches: { "1": out, default: inner } }
  - { id: inner, type: Loop, repeat: 2, branches: { Repeat: menu, Finished: outer } }
  - { id: outer, type: Loop, repeat: 3, branches: { Repeat: menu, Finished: out } }
${OUT}`)
    expect(loopsOf(flow).map((loop) => loop.split(':')[0])).to.deep.equal([
      'counted by the counter "outer_count" (3)',
      'counted by the counter "inner_count" (2)',
      'counted by the number of retries (1)',
    ])
    expect(visitsOf(flow)).to.include({ menu: 4 * 3 * 2, inner: 12, outer: 4 })
  })

  it('takes a call of a flow that always asks for waiting, and of one that may not ask for none', () => {
    const callerOf = (type: string): Flow =>
      soundFlow(`flowId: main
variables: { done: "" }
nodes:
  - { id: start, type: Start, next: ask }
  - { id: ask, type: SubFlow, flowId: ${type}, next: check }
  - { id: check, type: Condition, if: { variable: done, equals: "yes" }, branches: { then: out, else: ask } }
${OUT}`)
    const asking = soundFlow(
      'flowId: asking\nnodes:\n  - { id: start, type: Start, next: menu }\n  - { id: menu, type: Menu, branches: { "1": out, default: out } }\n  - { id: out, type: Exit }',
    )
    const silent = soundFlow('flowId: silent\nnodes:\n  - { id: start, type: Start, next: out }\n  - { id: out, type: Exit }')
    expect(loopsOf(callerOf('asking'), asking)).to.deep.equal(['caller by the caller: ask -default→ check -else→ ask'])
    expect(loopsOf(callerOf('silent'), silent)).to.deep.equal(['unguarded: ask -default→ check -else→ ask'])
  })

  it('finds rounds that go through other flows', () => {
    const flow = (flowId: string, other: string): Flow =>
      readFlow(
        `flowId: ${flowId}\nnodes:\n  - { id: start, type: Start, next: go }\n  - { id: go, type: Transfer, flowId: ${other} }`,
        `${flowId}.flow.yaml`,
      )
    expect(loopsOf(flow('one', 'two'), flow('two', 'one'))).to.deep.equal([
      'unguarded: start -default→ go -transfer→ two/start -default→ two/go -transfer→ start',
    ])
  })

  it('says what lies outside of a flow and may lead out', () => {
    const flow = flowOf(
      `
  - { id: start, type: Start, next: find }
  - { id: find, type: DataAction, actionId: find, branches: { success: out, error: find } }
${OUT}`,
      'actions: { find: { fault: down } }',
    )
    expect(loopsOf(flow)).to.deep.equal(['guarded by the action "find": find -error→ find'])
  })
})

const SIZE = 5
const anyTarget = fc.integer({ min: 0, max: SIZE })

/** Nodes that lead on whatever happens, wait for the caller, hold, or count. */
const anyNode = fc.oneof(
  fc.record({ type: fc.constant('Case'), variable: fc.constant('v'), targets: fc.array(anyTarget, { minLength: 1, maxLength: 2 }) }),
  fc.record({ type: fc.constant('Menu'), targets: fc.tuple(anyTarget, anyTarget) }),
  fc.record({ type: fc.constant('Music'), targets: fc.tuple(anyTarget) }),
  fc.record({ type: fc.constant('Loop'), repeat: fc.integer({ min: 1, max: 2 }), targets: fc.tuple(anyTarget, anyTarget) }),
)
const anyNodes = fc.array(anyNode, { minLength: SIZE, maxLength: SIZE })

const LABELS: Readonly<Record<string, readonly string[]>> = {
  Case: ['a', 'default'],
  Menu: ['1', 'default'],
  Music: ['default'],
  Loop: ['Repeat', 'Finished'],
}

type AnyNode = { readonly type: string; readonly targets: readonly number[] }

/** Node number {@link SIZE} is the end. */
function toFlow(nodes: readonly AnyNode[]): Flow {
  const items = nodes.map(({ targets, ...node }, index) => ({
    id: `n${index}`,
    ...node,
    branches: Object.fromEntries(targets.map((target, at) => [LABELS[node.type]?.[at] ?? '', `n${target}`])),
  }))
  const all = [{ id: 'start', type: 'Start', next: 'n0' }, ...items, { id: `n${SIZE}`, type: 'Exit' }]
  return readFlow(JSON.stringify({ flowId: 'f', variables: { v: 'a' }, nodes: all }), 'f.flow.json')
}

interface Edge {
  readonly from: number
  readonly to: number
  readonly label: string
}

/** Every set of branches that a call could take again and again without end: it hangs together, and what counts in it comes to its end in it. */
function endlessSets(nodes: readonly AnyNode[]): (readonly Edge[])[] {
  const edges = nodes.flatMap(({ type, targets }, from) => targets.map((to, at) => ({ from, to, label: LABELS[type]?.[at] ?? '' })))
  const sets = Array.from({ length: 2 ** edges.length - 1 }, (_none, mask) => edges.filter((_edge, at) => ((mask + 1) >> at) & 1))
  return sets.filter(
    (set) =>
      hangsTogether(set) &&
      set.every((edge) => edge.label !== 'Repeat' || set.some((other) => other.from === edge.from && other.label === 'Finished')),
  )
}

function hangsTogether(edges: readonly Edge[]): boolean {
  const reachableBy = (forwards: boolean): ReadonlySet<number> => {
    const reached = new Set([edges[0]?.from ?? -1])
    for (const node of reached) for (const { from, to } of edges) if ((forwards ? from : to) === node) reached.add(forwards ? to : from)
    return reached
  }
  const [ahead, back] = [reachableBy(true), reachableBy(false)]
  return edges.every(({ from, to }) => [from, to].every((node) => ahead.has(node) && back.has(node)))
}

function classOf(set: readonly Edge[], nodes: readonly AnyNode[]): LoopClass {
  const types = new Set(set.map(({ from }) => nodes[from]?.type))
  // A counter that comes to its end has gone on before, and what goes on leads out of the set.
  const leadsOut = set.some(({ from, label }) => label === 'Finished' && !set.some((edge) => edge.from === from && edge.label === 'Repeat'))
  return types.has('Music') ? 'hold' : types.has('Menu') ? 'caller' : leadsOut ? 'guarded' : 'unguarded'
}

describe('findLoops, against every set of branches', () => {
  it('finds the classes of all ways that a call can go round without end, and no others', function () {
    this.timeout(60_000)
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const graph = buildFlowGraph(createLibrary([toFlow(nodes)]))
        const { loops, mostVisits } = findLoops(graph)
        const sets = endlessSets(nodes)
        const found = new Set(loops.map((loop) => loop.class))
        const expected = new Set(sets.map((set) => classOf(set, nodes)))
        for (const kind of ['hold', 'caller', 'unguarded'] as const) expect(found.has(kind), kind).to.equal(expected.has(kind))
        if (found.has('guarded')) expect(expected).to.include('guarded')
        for (const { index, node } of graph.nodes) {
          const isEndless = sets.some((set) => set.some(({ from }) => `n${from}` === node.id))
          expect(mostVisits[index] === Number.POSITIVE_INFINITY, node.id).to.equal(isEndless)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('lets no call visit a node more often than it says', () => {
    fc.assert(
      fc.property(anyNodes, fc.string({ unit: fc.constantFrom(...'129'), maxLength: 12 }), (nodes, dtmf) => {
        const flow = toFlow(nodes)
        const graph = buildFlowGraph(createLibrary([flow]))
        const { mostVisits } = findLoops(graph)
        const { visits } = execute(flow, { dtmf }, { flows: createLibrary([flow]), date: () => new Date(0) })
        for (const { index, node } of graph.nodes) {
          expect(visits.filter((visit) => visit.node === node.id).length, node.id).to.be.at.most(mostVisits[index] ?? Number.NaN)
        }
      }),
    )
  })

  it('tells rounds that are rounds', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        for (const { round } of findLoops(buildFlowGraph(createLibrary([toFlow(nodes)]))).loops) {
          expect(round).to.not.have.length(0)
          for (const [at, edge] of round.entries()) expect(edge.to).to.equal(round[(at + 1) % round.length]?.from)
        }
      }),
    )
  })
})
