import { expect } from 'chai'
import fc from 'fast-check'
import { execute } from '../../../src/flow/execute.ts'
import { compareLibraries } from '../../../src/flow/impact/compare-flows.ts'
import { compareTraces } from '../../../src/flow/impact/compare-traces.ts'
import { passedChanges } from '../../../src/flow/impact/passed-changes.ts'
import type { Library } from '../../../src/flow/library.ts'
import { readFlow } from '../../../src/flow/read-flow.ts'
import type { Json } from '../../../src/model/json.ts'
import type { Trace } from '../../../src/model/trace.ts'
import { anyCall, anyLibrary } from '../coverage/random-flows.ts'
import { callFlow, flowOf } from '../support.ts'

const date = (): Date => new Date('2026-01-05T15:00:00Z')

function traceOf(library: Library, call: Parameters<typeof execute>[1]): Trace | undefined {
  const flow = library.get('main')
  return flow && execute(flow, call, { flows: library, date })
}

/** The library with one node of `main` as the other one has it. */
function withNodeOf(other: Library, library: Library, index: number): Library {
  const nodes = nodesOf(library).with(index + 1, nodesOf(other)[index + 1] ?? null)
  const definition = { ...library.get('main')?.definition, nodes }
  return new Map([...library, ['main', readFlow(JSON.stringify(definition), 'main.flow.json')]])
}

function nodesOf(library: Library): readonly Json[] {
  const nodes = library.get('main')?.definition?.['nodes']
  return Array.isArray(nodes) ? nodes : []
}

function withoutBranches(trace: Trace): Trace {
  return { ...trace, visits: trace.visits.map(({ branch: _branch, ...visit }) => visit) }
}

describe('passedChanges', () => {
  it('misses no call that a change makes go another way or do something else', () => {
    fc.assert(
      fc.property(anyLibrary, anyLibrary, anyCall, fc.nat(5), fc.boolean(), (before, other, call, index, isPathOnly) => {
        const after = withNodeOf(other, before, index)
        const changes = compareLibraries(before, after, new Set([...before.keys(), ...after.keys()]))
        const [old, now] = [traceOf(before, call), traceOf(after, call)]
        fc.pre(old !== undefined && now !== undefined)
        if (!old || !now || !compareTraces(old, now)) return
        const told = isPathOnly ? withoutBranches : (trace: Trace) => trace
        const passed = [...passedChanges(changes, 'before')(told(old)), ...passedChanges(changes, 'after')(told(now))]
        expect(passed).to.not.be.empty
      }),
      { numRuns: 500 },
    )
  })

  it('says nothing of a call that passes by', () => {
    const menu = (queue: string) =>
      flowOf(`
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, branches: { "1": sales, "2": support, noInput: out, noMatch: out } }
  - { id: sales, type: Queue, queue: ${queue}, next: out }
  - { id: support, type: Queue, queue: queue_support, next: out }
  - { id: out, type: Exit }`)
    const [before, after] = [menu('queue_sales'), menu('queue_vip')]
    const changes = compareLibraries(new Map([['test', before]]), new Map([['test', after]]), ['test'])
    const passed = passedChanges(changes, 'before')
    expect(passed(callFlow(before, { dtmf: '2' }))).to.deep.equal([])
    expect(passed(callFlow(before, { dtmf: '1' }))).to.deep.equal(['test/sales changed'])
  })
})

describe('compareTraces', () => {
  const trace = (nodes: readonly string[], more: Partial<Trace> = {}): Trace => ({
    flowId: 'main',
    visits: nodes.map((node, index) => ({ index, node, atMs: index * nodes.length })),
    variables: {},
    status: 'Completed',
    ...more,
  })

  it('finds where two calls part, also where one of them has ended', () => {
    expect(compareTraces(trace(['a', 'b', 'c']), trace(['a', 'd', 'c']))).to.deep.equal({
      kind: 'rerouted',
      common: 1,
      before: 'b',
      after: 'd',
    })
    expect(compareTraces(trace(['a']), trace(['a', 'b']))).to.deep.equal({ kind: 'rerouted', common: 1, after: 'b' })
  })

  it('finds what differs on the same way, times apart', () => {
    expect(compareTraces(trace(['a']), trace(['a'], { durationMs: 7 }))).to.equal(undefined)
    expect(compareTraces(trace(['a']), trace(['a'], { variables: { x: 1 } }))).to.deep.equal({ kind: 'changed' })
  })
})
