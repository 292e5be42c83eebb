import fc from 'fast-check'
import type { Call } from '../../../src/flow/call.ts'
import type { Flow } from '../../../src/flow/flow.ts'
import { createLibrary, type Library } from '../../../src/flow/library.ts'
import { readFlow } from '../../../src/flow/read-flow.ts'

const IDS = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5']

/** Few targets, so that many branches share their ends. */
const target = fc.constantFrom(...IDS, 'out', 'n0', 'n1')

const comparison = fc.constantFrom<object>(
  { variable: 'a', equals: '1' },
  { variable: 'a', equals: '{b}' },
  { variable: 'c', gte: 2 },
  { not: { variable: 'b', oneOf: ['2', 'x'] } },
  { variable: 'fault', exists: true },
)

function branching(...labels: readonly string[]): fc.Arbitrary<Record<string, string>> {
  return fc
    .tuple(...labels.map(() => target))
    .map((targets) => Object.fromEntries(labels.map((label, index) => [label, targets[index] ?? 'out'])))
}

const body = fc.oneof(
  {
    arbitrary: fc.record({
      type: fc.constant('Menu'),
      variable: fc.constantFrom('a', 'b'),
      retries: fc.nat(2),
      speech: fc.constantFrom({ '1': ['sales'] }, { '1': ['2'], '2': ['help'] }, {}),
      branches: fc.oneof(
        branching('1', '2', 'noInput', 'noMatch'),
        branching('1', '2', 'default'),
        branching('1', '2', '12', 'noInput', 'default'),
      ),
    }),
    weight: 4,
  },
  {
    arbitrary: fc.record({
      type: fc.constant('GatherInput'),
      variable: fc.constantFrom('a', 'b'),
      maxDigits: fc.integer({ min: 2, max: 3 }),
      minDigits: fc.integer({ min: 1, max: 2 }),
      terminator: fc.constantFrom('#', undefined),
      retries: fc.nat(1),
      branches: branching('default', 'noInput', 'noMatch'),
    }),
    weight: 2,
  },
  fc.record({
    type: fc.constant('Loop'),
    repeat: fc.integer({ min: 1, max: 3 }),
    counter: fc.constantFrom('c', 'd', undefined),
    branches: branching('Repeat', 'Finished'),
  }),
  fc.record({ type: fc.constant('Condition'), if: comparison, branches: branching('then', 'else') }),
  fc.record({ type: fc.constant('Case'), variable: fc.constantFrom('a', 'b'), branches: branching('1', 'x', 'default') }),
  fc.record({ type: fc.constant('Hours'), profile: fc.constant('office'), branches: branching('Open', 'Closed') }),
  fc.record({
    type: fc.constant('DataAction'),
    actionId: fc.constant('find'),
    inputs: fc.constant({ key: '{a}' }),
    outputs: fc.constantFrom({ b: 'tier' }, { b: 'tier', fault: 'code' }, {}),
    faultVariable: fc.constantFrom('fault', 'b', undefined),
    branches: branching('success', 'error'),
  }),
  fc.record({ type: fc.constant('SetVariable'), set: fc.constantFrom({ a: '{b}' }, { b: 'x' }, { c: { add: 1 } }), next: target }),
  fc.record({
    type: fc.constant('SubFlow'),
    flowId: fc.constantFrom('called', 'main'),
    inputs: fc.constantFrom({}, { a: '{b}' }),
    outputs: fc.constantFrom({}, { a: 'a' }),
    next: target,
  }),
  fc.record({ type: fc.constant('Transfer'), flowId: fc.constant('called') }),
)

const bodies = fc.array(body, { minLength: IDS.length, maxLength: IDS.length })

function flowOf(flowId: string, items: readonly object[]): Flow {
  const nodes = [
    { id: 'start', type: 'Start', next: 'n0' },
    ...items.map((node, index) => ({ id: IDS[index], ...node })),
    { id: 'out', type: 'Exit' },
  ]
  const hours = { office: { timeZone: 'UTC', open: [{ days: ['mon'], from: '08:00', to: '18:00' }] } }
  const actions = {
    find: {
      result: { tier: 'x', code: null },
      cases: [
        { inputs: { key: '1' }, fault: 'down' },
        { inputs: { key: 'x' }, result: { tier: '2' } },
      ],
    },
  }
  const definition = { flowId, variables: { a: '', b: '2', c: 0, d: 0, fault: null }, hours, actions, nodes }
  return readFlow(JSON.stringify(definition), `${flowId}.flow.json`)
}

/** A flow `main` of every type of node, with branches that share their ends, and a flow `called` that it may call or go on in. */
export const anyLibrary: fc.Arbitrary<Library> = fc
  .record({ main: bodies, called: bodies })
  .map(({ main, called }) => createLibrary([flowOf('main', main), flowOf('called', called)]))

/** Keys, silence, words and variables. */
export const anyCall: fc.Arbitrary<Call> = fc.record({
  dtmf: fc.string({ unit: fc.constantFrom(...'12#9,w'), maxLength: 12 }),
  speech: fc.constantFrom('', 'sales', 'help\nnonsense', '2', '1'),
  variables: fc.constantFrom({}, { a: '1' }, { b: 'x', c: 5 }, { callTime: '2026-01-05T09:30' }),
  maxLoops: fc.integer({ min: 1, max: 6 }),
})
