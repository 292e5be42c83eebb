import { expect } from 'chai'
import fc from 'fast-check'
import { execute } from '../../../src/flow/execute.ts'
import type { Flow } from '../../../src/flow/flow.ts'
import { createLibrary, type Library } from '../../../src/flow/library.ts'
import { readFlow } from '../../../src/flow/read-flow.ts'
import type { BranchGoal } from '../../../src/flow/solve/goal.ts'
import { solve } from '../../../src/flow/solve/solve.ts'
import type { Trace } from '../../../src/model/trace.ts'

const IDS = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5']
const target = fc.constantFrom(...IDS, 'out')

/** Nodes of which each asks for one key at most, so that an input is as long as the number of nodes that asked. */
const body = fc.oneof(
  {
    arbitrary: fc.record({
      type: fc.constant('Menu'),
      variable: fc.constantFrom('a', 'b'),
      retries: fc.nat(1),
      branches: fc.record({ '1': target, '2': target, default: target }),
    }),
    weight: 4,
  },
  fc.record({
    type: fc.constant('GatherInput'),
    variable: fc.constantFrom('a', 'b'),
    digits: fc.constant('12'),
    branches: fc.record({ default: target, noInput: target, noMatch: target }),
  }),
  fc.record({
    type: fc.constant('Loop'),
    repeat: fc.integer({ min: 1, max: 2 }),
    counter: fc.constantFrom('c', 'd'),
    branches: fc.record({ Repeat: target, Finished: target }),
  }),
  fc.record({
    type: fc.constant('Condition'),
    if: fc.constantFrom(
      { variable: 'a', equals: '1' },
      { variable: 'a', equals: '{b}' },
      { variable: 'c', gte: 1 },
      { not: { variable: 'b', oneOf: ['2', 'x'] } },
    ),
    branches: fc.tuple(target, target).map(([yes, no]) =>
      Object.fromEntries([
        ['then', yes],
        ['else', no],
      ]),
    ),
  }),
  fc.record({
    type: fc.constant('Case'),
    variable: fc.constantFrom('a', 'b'),
    branches: fc.record({ '1': target, x: target, default: target }),
  }),
  fc.record({ type: fc.constant('SetVariable'), set: fc.constantFrom({ a: '{b}' }, { b: 'x' }, { a: '{a}{b}' }), next: target }),
  fc.record({
    type: fc.constant('SubFlow'),
    flowId: fc.constant('called'),
    inputs: fc.constantFrom({}, { a: '{b}' }),
    outputs: fc.constantFrom({}, { a: 'a' }),
    next: target,
  }),
)

function flowOf(flowId: string, bodies: readonly object[]): Flow {
  const nodes = [
    { id: 'start', type: 'Start', next: 'n0' },
    ...bodies.map((node, index) => ({ id: IDS[index], ...node })),
    { id: 'out', type: 'Exit' },
  ]
  return readFlow(JSON.stringify({ flowId, variables: { a: '', b: '2', c: 0, d: 0 }, nodes }), `${flowId}.flow.json`)
}

const bodies = (size: number): fc.Arbitrary<object[]> => fc.array(body, { minLength: size, maxLength: size })

const bodiesOfFlows = fc.record({ main: bodies(IDS.length), called: bodies(IDS.length) })

/** The called flow calls none, so that no call goes deeper and deeper. */
function libraryOf({ main, called }: { readonly main: object[]; readonly called: object[] }): Library {
  const flat = called.map((node) => ('flowId' in node ? { type: 'PlayPrompt', prompt: 'x', next: 'n1' } : node))
  return createLibrary([flowOf('main', main), flowOf('called', flat)])
}

/** One key, another key, a key that is no choice, and silence until the node gives up. */
const ACTS = ['1', '2', '9', ',,ww']
const MOST_ACTS = 5

function inputs(length: number): string[] {
  return length === 0 ? [''] : inputs(length - 1).flatMap((input) => ACTS.map((act) => input + act))
}

const ALL_INPUTS = inputs(MOST_ACTS)

/** Each branch that a call takes, with the number of acts until then: every visit that asks takes one. */
function branchesOf({ visits }: Trace): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  let acts = 0
  for (const { node, type, branch } of visits) {
    if (type === 'GatherInput') acts += 1
    if (acts > MOST_ACTS) break
    const name = `${node}:${branch}`
    if (branch !== undefined && !found.has(name)) found.set(name, acts)
  }
  return found
}

/** The least number of acts for each branch, by trying everything. */
function enumerate(library: Library): ReadonlyMap<string, number> {
  const least = new Map<string, number>()
  const main = library.get('main')
  for (const dtmf of main ? ALL_INPUTS : []) {
    const trace = main && execute(main, { dtmf }, { flows: library, date: () => new Date(0) })
    for (const [branch, acts] of trace ? branchesOf(trace) : []) least.set(branch, Math.min(acts, least.get(branch) ?? acts))
  }
  return least
}

function goalsOf(library: Library): BranchGoal[] {
  return [...library.values()].flatMap(({ flowId, nodes }) =>
    [...nodes.values()]
      .filter(({ type }) => type !== 'SubFlow')
      .flatMap(({ id, branches }) => [...branches.keys()].map((label) => ({ kind: 'branch' as const, flowId, node: id, label }))),
  )
}

describe('solve, against every input that there is', () => {
  it('finds each branch by the least number of acts, and calls none unreachable that can be reached', function () {
    this.timeout(60_000)
    fc.assert(
      fc.property(bodiesOfFlows, (flows) => {
        const library = libraryOf(flows)
        const least = enumerate(library)
        const solutions = solve(library, 'main', goalsOf(library), { setVariables: false, inventAnswers: false, maxStates: 5_000 })
        for (const [goal, solution] of solutions) {
          const name = goal.kind === 'branch' ? `${goal.flowId === 'main' ? '' : 'called/'}${goal.node}:${goal.label}` : ''
          const acts = least.get(name)
          if (acts !== undefined) expect(solution, name).to.deep.include({ kind: 'reached', effort: acts })
          else if (solution.kind === 'reached') expect(solution.effort, name).to.be.greaterThan(MOST_ACTS)
        }
      }),
      { numRuns: 60 },
    )
  })
})
