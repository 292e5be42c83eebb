import { expect } from 'chai'
import fc from 'fast-check'
import { execute } from '../../src/flow/execute.ts'
import type { Flow } from '../../src/flow/flow.ts'
import { readFlow } from '../../src/flow/read-flow.ts'
import type { Trace } from '../../src/model/trace.ts'
import { worldOf } from './support.ts'

const IDS = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7']
const target = fc.constantFrom(...IDS)
/** Sometimes nothing: a branch that the author forgot. */
const maybe = fc.option(target, { nil: undefined })

/** Nodes of every type that leads on; JSON drops what is undefined. */
function bodies(other: fc.Arbitrary<string | undefined>, called: fc.Arbitrary<string>): fc.Arbitrary<object> {
  const type = (...names: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...names)
  return fc.oneof(
    fc.record({ type: type('PlayPrompt'), prompt: fc.constant('{a}'), next: other }),
    fc.record({
      type: type('Menu', 'GatherInput'),
      variable: fc.constantFrom('a', 'b'),
      retries: fc.integer({ min: 0, max: 3 }),
      maxDigits: fc.integer({ min: 2, max: 3 }),
      speech: fc.constant({ '1': ['sales'] }),
      branches: fc.record({ '1': target, '2': maybe, '12': maybe, noInput: maybe, noMatch: maybe, default: other }),
    }),
    fc.record({
      type: type('Loop'),
      repeat: fc.integer({ min: 1, max: 4 }),
      counter: fc.constantFrom('c', 'd'),
      branches: fc.record({ Repeat: other, Finished: other }),
    }),
    fc.record({
      type: type('Condition'),
      if: fc.constantFrom({ variable: 'c', gt: 1 }, { variable: 'a', equals: '1' }),
      branches: fc.tuple(target, other).map(([yes, no]) =>
        Object.fromEntries([
          ['then', yes],
          ['else', no],
        ]),
      ),
    }),
    fc.record({ type: type('SetVariable'), set: fc.constantFrom({ a: '{b}' }, { c: { add: 1 } }), next: target }),
    fc.record({ type: type('Queue'), queue: fc.constant('queue_{a}'), next: target }),
    fc.record({ type: type('SubFlow'), flowId: called, outputs: fc.constant({ a: 'b' }), next: other }),
    fc.record({ type: type('Transfer'), flowId: called }),
    fc.record({ type: type('Exit', 'Hangup') }),
  )
}

function flowsOf(body: fc.Arbitrary<object>): fc.Arbitrary<Flow> {
  return fc.array(body, { minLength: IDS.length, maxLength: IDS.length }).map((list) => {
    const nodes = [{ id: 'start', type: 'Start', next: 'n0' }, ...list.map((node, index) => ({ id: IDS[index], ...node }))]
    return readFlow(JSON.stringify({ flowId: 'random', variables: { a: '', b: 'x', c: 0, d: 0 }, nodes }), 'random.flow.json')
  })
}

const flows = flowsOf(bodies(maybe, fc.constantFrom('random', 'nowhere')))
const completeFlows = flowsOf(bodies(target, fc.constant('random')))
const calls = fc.record({
  dtmf: fc.string({ unit: fc.constantFrom(...'12#9,w'), maxLength: 20 }),
  speech: fc.constantFrom('', 'sales', 'sales\nnonsense'),
  maxLoops: fc.integer({ min: 1, max: 10 }),
})

function run(flow: Flow, call: object): Trace {
  return execute(flow, call, worldOf(flow))
}

function localId(node: string): string {
  return node.split('/').at(-1) ?? node
}

describe('a call through any flow', () => {
  it('is the same each time', () => {
    fc.assert(fc.property(flows, calls, (flow, call) => void expect(run(flow, call)).to.deep.equal(run(flow, call))))
  })

  it('comes to an end within its bounds: Completed at a visit that says so, or in an Error that says why', () => {
    fc.assert(
      fc.property(flows, calls, (flow, call) => {
        const { visits, status, exitNode } = run(flow, call)
        const counts = new Map<string, number>()
        for (const { node } of visits) counts.set(node, (counts.get(node) ?? 0) + 1)
        expect(Math.max(...counts.values())).to.be.at.most(call.maxLoops + 1)
        const last = visits.at(-1)
        expect(last?.status).to.equal(status)
        expect(exitNode).to.equal(status === 'Completed' ? last?.node : undefined)
        expect(last?.exception === undefined).to.equal(status === 'Completed')
        expect(visits.slice(0, -1).every((visit) => visit.status === undefined && visit.exception === undefined)).to.equal(true)
      }),
    )
  })

  it('takes only branches that the flow has, each to where it leads', () => {
    fc.assert(
      fc.property(flows, calls, (flow, call) => {
        const { visits } = run(flow, call)
        for (const [index, { node, branch }] of visits.slice(0, -1).entries()) {
          const next = localId(visits[index + 1]?.node ?? '')
          const from = flow.nodes.get(localId(node))
          if (branch === 'call' || branch === 'transfer') expect(next).to.equal('start')
          else if (branch === 'return') expect(from?.type).to.equal('Exit')
          else expect(from?.branches.get(branch ?? '')?.to).to.equal(next)
        }
      }),
    )
  })

  it('hears no more keys than the caller pressed, in their order, and takes time only forwards', () => {
    fc.assert(
      fc.property(flows, calls, (flow, call) => {
        const { visits, durationMs = 0 } = run(flow, call)
        const heard = visits.flatMap(({ input }) => (typeof input === 'string' && /^[12#9]+$/.test(input) ? [input] : []))
        expect(call.dtmf.replace(/[,w]/g, '').startsWith(heard.join(''))).to.equal(true)
        const times = [...visits.map(({ atMs = Number.NaN }) => atMs), durationMs]
        expect(times).to.deep.equal(times.toSorted((one, other) => one - other))
      }),
    )
  })

  it('breaks only at its bound in a flow that has a branch for everything', () => {
    fc.assert(
      fc.property(completeFlows, calls, (flow, call) => {
        expect(flow.diagnosis.errors.filter(({ node }) => node !== undefined)).to.deep.equal([])
        const { visits, status } = run(flow, call)
        if (status === 'Error') expect(visits.at(-1)?.exception).to.include('maxLoops')
      }),
    )
  })
})
