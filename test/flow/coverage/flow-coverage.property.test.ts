import { expect } from 'chai'
import fc from 'fast-check'
import type { Call } from '../../../src/flow/call.ts'
import { type FlowEdition, seenFromFile } from '../../../src/flow/coverage/edition.ts'
import { coverageOf, type FlowCoverage } from '../../../src/flow/coverage/flow-coverage.ts'
import { FlowTally } from '../../../src/flow/coverage/flow-tally.ts'
import type { Metric } from '../../../src/flow/coverage/metric.ts'
import { isCovered, type Seen } from '../../../src/flow/coverage/seen.ts'
import { walkTrace } from '../../../src/flow/coverage/walk-trace.ts'
import { execute } from '../../../src/flow/execute.ts'
import type { Flow } from '../../../src/flow/flow.ts'
import type { Library } from '../../../src/flow/library.ts'
import type { Trace } from '../../../src/model/trace.ts'
import { anyCall, anyLibrary } from './random-flows.ts'

function callsOf(library: Library, calls: readonly Call[]): Trace[] {
  const main = library.get('main')
  if (!main) throw new Error('there is no flow "main"')
  return calls.map((call) => execute(main, call, { flows: library, date: () => new Date(0) }))
}

function editionOf(flow: Flow): FlowEdition {
  const { fingerprint = '', lines = {} } = seenFromFile(flow)
  return { flow, fingerprint, lines, isEmulated: true }
}

/** The coverage of both flows, from the first traces passed and the others not. */
function measured(library: Library, traces: readonly Trace[], isEmulated: boolean): readonly FlowCoverage[] {
  const tallies = new Map([...library.values()].map((flow) => [flow, new FlowTally()]))
  for (const [index, trace] of traces.entries()) {
    for (const sighting of walkTrace(trace, library, { isEmulated })) {
      if (sighting.kind !== 'stray') tallies.get(sighting.flow)?.add(sighting, index % 2 === 0 ? 'passed' : 'failed')
    }
  }
  return [...tallies].map(([flow, tally]) => coverageOf(editionOf(flow), tally))
}

interface Frame {
  readonly flowId: string
  /** The last branch in this visit of the flow. */
  last?: string
}

/** All that calls did, counted step by step from the branches that the interpreter tells: `flow kind name`, with how often. */
function counted(library: Library, traces: readonly Trace[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1)
  const take = (frame: Frame, branch: string): void => {
    count(`${frame.flowId} branches ${branch}`)
    if (frame.last !== undefined) count(`${frame.flowId} pairs ${frame.last} ${branch}`)
    frame.last = branch
  }
  for (const { visits } of traces) {
    const stack: Frame[] = [{ flowId: 'main' }]
    const callers: string[] = []
    count('main entries main')
    for (const { node, branch, status } of visits) {
      const id = node.split('/').at(-1) ?? ''
      const frame = stack.at(-1) ?? { flowId: '' }
      count(`${frame.flowId} nodes ${id}`)
      if (branch === 'call' || branch === 'transfer') {
        const called = flowCalledBy(library, frame.flowId, id)
        count(`${frame.flowId} subFlows ${id}`)
        count(`${called} entries main`)
        if (branch === 'transfer') {
          count(`${frame.flowId} exits ${id}`)
          stack.pop()
        } else callers.push(id)
        stack.push({ flowId: called })
      } else if (branch === 'return') {
        count(`${frame.flowId} exits ${id}`)
        stack.pop()
        const caller = stack.at(-1)
        if (caller) take(caller, `${callers.pop()}:default`)
      } else if (branch !== undefined) take(frame, `${id}:${branch}`)
      else if (status === 'Completed') count(`${frame.flowId} exits ${id}`)
    }
  }
  return counts
}

function flowCalledBy(library: Library, flowId: string, node: string): string {
  const spec = library.get(flowId)?.nodes.get(node)?.spec
  return spec && 'flowId' in spec ? String(spec.flowId) : ''
}

/** The same from coverage: how often each thing was seen. */
function seenIn(flows: readonly FlowCoverage[]): ReadonlyMap<string, Seen> {
  const entries = flows.flatMap((flow) => {
    const { flowId } = flow.edition.flow
    const named = (metric: Metric, name: string, seen: Seen): [string, Seen] => [`${flowId} ${metric} ${name}`, seen]
    return [
      ...flow.nodes.map(({ node, visits }) => named('nodes', node, visits)),
      ...flow.nodes.flatMap(({ branches }) => branches.map(({ node, label, taken }) => named('branches', `${node}:${label}`, taken))),
      ...[...flow.pairs()].map(({ first, second, taken }) =>
        named('pairs', `${first.node}:${first.label} ${second.node}:${second.label}`, taken),
      ),
      ...flow.entries.map(({ name, taken }) => named('entries', name, taken)),
      ...flow.exits.map(({ node, taken }) => named('exits', node, taken)),
      ...flow.subFlows.map(({ node, taken }) => named('subFlows', node, taken)),
    ]
  })
  return new Map(entries)
}

const METRICS: readonly Metric[] = ['nodes', 'branches', 'pairs', 'entries', 'exits', 'subFlows']

const calls = fc.array(anyCall, { minLength: 1, maxLength: 6 })

describe('coverageOf, against counting step by step', () => {
  it('counts everything as often as calls did it, where the target tells branches', () => {
    fc.assert(
      fc.property(anyLibrary, calls, (library, several) => {
        const traces = callsOf(library, several)
        const truth = counted(library, traces)
        const seen = seenIn(measured(library, traces, false))
        for (const what of truth.keys()) expect([...seen.keys()], what).to.include(what)
        for (const [what, { passed, failed, ambiguous }] of seen) {
          expect({ what, times: passed + failed, ambiguous }).to.deep.equal({ what, times: truth.get(what) ?? 0, ambiguous: 0 })
        }
      }),
    )
  })

  it('counts no more than calls did, and leaves nothing out, where it does not', () => {
    fc.assert(
      fc.property(anyLibrary, calls, fc.boolean(), (library, several, isEmulated) => {
        const traces = callsOf(library, several)
        const truth = counted(library, traces)
        const bare = traces.map((trace) => ({ ...trace, visits: trace.visits.map(({ branch: _, ...visit }) => visit) }))
        for (const [what, { passed, failed, ambiguous }] of seenIn(measured(library, bare, isEmulated))) {
          const times = truth.get(what) ?? 0
          expect(passed + failed, what).to.be.at.most(times)
          expect(passed + failed + ambiguous, what).to.be.at.least(times)
        }
      }),
    )
  })

  it('has shares that are the counts of what they are made of', () => {
    fc.assert(
      fc.property(anyLibrary, calls, (library, several) => {
        const flows = measured(library, callsOf(library, several), true)
        const seen = [...seenIn(flows)]
        for (const flow of flows) {
          for (const metric of METRICS) {
            const own = seen.filter(([what]) => what.startsWith(`${flow.edition.flow.flowId} ${metric} `)).map(([, times]) => times)
            expect(flow.shares[metric], metric).to.deep.equal({
              total: own.length,
              covered: own.filter(isCovered).length,
              passed: own.filter(({ passed }) => passed > 0).length,
              ambiguous: own.filter((times) => !isCovered(times) && times.ambiguous > 0).length,
            })
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})
