import { expect } from 'chai'
import fc from 'fast-check'
import type { Call } from '../../../src/flow/call.ts'
import type { CannedAction } from '../../../src/flow/canned-action.ts'
import { walkTrace } from '../../../src/flow/coverage/walk-trace.ts'
import { execute } from '../../../src/flow/execute.ts'
import type { Library } from '../../../src/flow/library.ts'
import type { Json } from '../../../src/model/json.ts'
import { MASK } from '../../../src/model/mask.ts'
import type { Trace, Visit } from '../../../src/model/trace.ts'
import { anyCall, anyLibrary } from './random-flows.ts'

const WORLD = { date: () => new Date('2026-01-05T15:00:00Z') }

/** What a target may leave out of its answer. */
const FORMS: Readonly<Record<string, (trace: Trace) => Trace>> = {
  everything: (trace) => trace,
  'no branches': (trace) => ({ ...trace, visits: trace.visits.map(({ branch: _, ...visit }) => visit) }),
  'neither branches nor variables': (trace) => ({ ...trace, visits: trace.visits.map(({ branch: _, variables: __, ...visit }) => visit) }),
  'the path alone': (trace) => ({ ...trace, visits: trace.visits.map(({ index, node }) => ({ index, node })) }),
}

/** The branches that a call took, by the interpreter's own word, in their order. */
function taken(trace: Trace): string[] {
  const waiting: string[] = []
  return trace.visits.flatMap(({ node, branch }) => {
    if (branch === undefined) return []
    if (branch === 'call') waiting.push(node)
    if (branch === 'call') return []
    if (branch === 'return') return [`${waiting.pop()}:default`]
    return branch === 'transfer' ? [] : [`${node}:${branch}`]
  })
}

/** The same as it is concluded; several labels where it is left open. */
function concluded(trace: Trace, library: Library, isEmulated: boolean): string[][] {
  return walkTrace(trace, library, { isEmulated }).flatMap((sighting) => {
    if (sighting.kind === 'stray') throw new Error(sighting.why)
    if (sighting.kind !== 'branch') return []
    const { node, labels } = sighting.taken
    const name = sighting.flow.flowId === trace.flowId ? node : `${sighting.flow.flowId}/${node}`
    return [labels.map((label) => `${name}:${label}`)]
  })
}

function callOf(library: Library, call: Call): Trace {
  const main = library.get('main')
  if (!main) throw new Error('there is no flow "main"')
  return execute(main, call, { flows: library, ...WORLD })
}

/** The visit as a journal keeps it where one value is a secret. */
function maskedVisit(visit: Visit, secret: string): Visit {
  const mask = (value: Json | undefined): Json => (String(value) === secret ? MASK : (value ?? null))
  const { input, variables } = visit
  const told = Object.fromEntries(Object.entries(variables ?? {}).map(([name, value]) => [name, mask(value)]))
  return { ...visit, variables: told, ...(input === undefined ? {} : { input: mask(input) }) }
}

describe('walkTrace, against the interpreter', () => {
  for (const [form, reduce] of Object.entries(FORMS)) {
    for (const isEmulated of [true, false]) {
      it(`never concludes a branch that was not taken, from ${form}${isEmulated ? ', of our own emulator' : ''}`, () => {
        fc.assert(
          fc.property(anyLibrary, anyCall, (library, call) => {
            const trace = callOf(library, call)
            const known = concluded(reduce(trace), library, isEmulated)
            const truth = taken(trace)
            expect(known.length).to.equal(truth.length)
            for (const [index, labels] of known.entries()) expect(labels).to.include(truth[index])
          }),
          { numRuns: 150 },
        )
      })
    }
  }

  it('never concludes a wrong branch from a target whose actions answer otherwise than the flow says', () => {
    const answers = fc.constantFrom<CannedAction>(
      { fault: 'down' },
      { result: { tier: 'x', code: 'down' } },
      { result: { tier: '2' } },
      { result: {} },
    )
    fc.assert(
      fc.property(anyLibrary, anyCall, answers, (library, call, answer) => {
        const others = new Map([...library].map(([flowId, flow]) => [flowId, { ...flow, actions: new Map([['find', answer]]) }]))
        const trace = callOf(others, call)
        const truth = taken(trace)
        const known = concluded(FORMS['no branches']?.(trace) ?? trace, library, false)
        for (const [index, labels] of known.entries()) expect(labels).to.include(truth[index])
      }),
      { numRuns: 300 },
    )
  })

  it('never concludes a wrong branch from a trace in which secrets were masked', () => {
    const secrets = fc.constantFrom('1', '2', 'x', '5', 'sales')
    fc.assert(
      fc.property(anyLibrary, anyCall, secrets, fc.boolean(), (library, call, secret, isEmulated) => {
        const trace = callOf(library, call)
        const truth = taken(trace)
        const bare = FORMS['no branches']?.(trace) ?? trace
        const masked = { ...bare, visits: bare.visits.map((visit) => maskedVisit(visit, secret)) }
        for (const [index, labels] of concluded(masked, library, isEmulated).entries()) expect(labels).to.include(truth[index])
      }),
      { numRuns: 300 },
    )
  })

  it('knows every branch where the target tells them', () => {
    fc.assert(
      fc.property(anyLibrary, anyCall, (library, call) => {
        const trace = callOf(library, call)
        expect(concluded(trace, library, false)).to.deep.equal(taken(trace).map((branch) => [branch]))
      }),
    )
  })

  it('knows nearly every branch of our own emulator from inputs and variables', () => {
    const counts = { all: 0, known: 0 }
    fc.assert(
      fc.property(anyLibrary, anyCall, (library, call) => {
        const known = concluded(FORMS['no branches']?.(callOf(library, call)) ?? callOf(library, call), library, true)
        counts.all += known.length
        counts.known += known.filter(({ length }) => length === 1).length
      }),
      { seed: 1 },
    )
    expect(counts.known / counts.all).to.be.greaterThan(0.95)
  })
})
