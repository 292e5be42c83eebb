import { expect } from 'chai'
import { createLibrary } from '../../../src/flow/library.ts'
import { call } from '../../../src/flow/solve/confirm.ts'
import type { Goal } from '../../../src/flow/solve/goal.ts'
import type { CallInput, Solution } from '../../../src/flow/solve/solution.ts'
import { type SolveOptions, solve } from '../../../src/flow/solve/solve.ts'
import { flowOf, soundFlow } from '../support.ts'

type Flow = ReturnType<typeof flowOf>

function solveOne(goal: Goal, flows: readonly Flow[], options: SolveOptions = {}): Solution {
  const [flow] = flows
  const solution = solve(createLibrary(flows), flow?.flowId ?? '', [goal], options).get(goal)
  if (!solution) throw new Error('a goal has no solution')
  return solution
}

function branch(node: string, label: string, flowId = 'test'): Goal {
  return { kind: 'branch', flowId, node, label }
}

function visit(node: string, flowId = 'test'): Goal {
  return { kind: 'node', flowId, node }
}

/** The input, without what is empty. */
function inputFor(goal: Goal, flows: readonly Flow[], options: SolveOptions = {}): Partial<CallInput> | string {
  const solution = solveOne(goal, flows, options)
  if (solution.kind !== 'reached') return `${solution.kind}: ${solution.why}`
  const { entry, dtmf, speech, variables, answers } = solution.input
  return {
    ...(entry === 'main' ? {} : { entry }),
    ...(dtmf === '' ? {} : { dtmf }),
    ...(speech === '' ? {} : { speech }),
    ...(Object.keys(variables).length === 0 ? {} : { variables }),
    ...(Object.keys(answers).length === 0 ? {} : { answers }),
  }
}

const menu = flowOf(`
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, retries: 1, speech: { help: [a person, help] }, branches: { "1": sales, "23": pin, help: out, noInput: out, noMatch: refused } }
  - { id: sales, type: Queue, queue: sales, next: out }
  - { id: pin, type: GatherInput, minDigits: 4, maxDigits: 6, terminator: "#", branches: { default: out, noInput: out, noMatch: refused } }
  - { id: refused, type: PlayPrompt, prompt: Sorry., next: out }
  - { id: out, type: Exit }`)

describe('solve', () => {
  describe('for a menu', () => {
    it('presses the key of the branch', () => expect(inputFor(branch('menu', '1'), [menu])).to.deep.equal({ dtmf: '1' }))
    it('says a phrase where there is no key', () => expect(inputFor(branch('menu', 'help'), [menu])).to.deep.equal({ speech: 'a person' }))
    it('is silent for as long as it takes', () => expect(inputFor(branch('menu', 'noInput'), [menu])).to.deep.equal({}))
    it('presses what is no choice until the node gives up', () => {
      expect(inputFor(branch('menu', 'noMatch'), [menu])).to.deep.equal({ dtmf: '2,ww2' })
    })
    it('leads on to a node behind it', () => expect(inputFor(visit('sales'), [menu])).to.deep.equal({ dtmf: '1' }))
    it('enters as much as a node asks for', () => expect(inputFor(branch('pin', 'default'), [menu])).to.deep.equal({ dtmf: '231111#' }))
    it('enters too little', () => expect(inputFor(branch('pin', 'noMatch'), [menu])).to.deep.equal({ dtmf: '231#' }))
    it('takes two branches one after the other', () => {
      const pair: Goal = { kind: 'pair', flowId: 'test', first: { node: 'menu', label: 'retry' }, second: { node: 'menu', label: '1' } }
      expect(inputFor(pair, [menu])).to.deep.equal({ dtmf: '2,ww1' })
    })
  })

  const counted = flowOf(
    `
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, branches: { "1": find, default: tries } }
  - { id: tries, type: Loop, repeat: 2, counter: tries, branches: { Repeat: menu, Finished: out } }
  - { id: find, type: DataAction, actionId: find, inputs: { number: "{number}" }, outputs: { tier: tier }, branches: { success: by_tier, error: out } }
  - { id: by_tier, type: Case, variable: tier, branches: { gold: rich, silver: out, default: hours } }
  - { id: rich, type: Condition, if: { variable: balance, gte: 100 }, branches: { then: vip, else: out } }
  - { id: vip, type: Queue, queue: vip, next: out }
  - { id: hours, type: Hours, profile: office, branches: { Open: out, Closed: out } }
  - { id: out, type: Exit }`,
    `
variables: { number: "", tier: "", balance: 0 }
hours: { office: { timeZone: UTC, open: [{ days: [sat], from: "09:00", to: "10:00" }], closedOn: ["2026-01-10"] } }
actions:
  find:
    cases: [{ inputs: { number: "77" }, result: { tier: gold } }]
    result: { tier: basic }`,
  )

  it('goes round until a counter is through', () => expect(inputFor(branch('tries', 'Finished'), [counted])).to.deep.equal({}))
  it('sets the variable that an action has to be given, and one that is compared', () => {
    expect(inputFor(visit('vip'), [counted])).to.deep.equal({ dtmf: '1', variables: { number: '77', balance: 100 } })
  })
  it('sets the clock to when it is open, and to when it is closed', () => {
    expect(inputFor(branch('hours', 'Open'), [counted])).to.deep.equal({ dtmf: '1', variables: { callTime: '2026-01-17T09:00' } })
    expect(inputFor(branch('hours', 'Closed'), [counted])).to.deep.equal({ dtmf: '1', variables: { callTime: '2026-01-05T12:00' } })
  })
  it('makes up an answer where none of the flow does it, and only then', () => {
    expect(inputFor(branch('by_tier', 'silver'), [counted])).to.deep.equal({ dtmf: '1', answers: { find: { result: { tier: 'silver' } } } })
    expect(inputFor(branch('find', 'error'), [counted])).to.deep.equal({ dtmf: '1', answers: { find: { fault: 'the action failed' } } })
  })
  it('makes up nothing and sets nothing where it may not', () => {
    const bare = { setVariables: false, inventAnswers: false }
    expect(solveOne(branch('by_tier', 'silver'), [counted], bare).kind).to.equal('unreachable')
    expect(solveOne(branch('by_tier', 'gold'), [counted], bare).kind).to.equal('unreachable')
  })

  describe('over several flows', () => {
    const main = soundFlow(`
flowId: main
entries: { onHold: tip }
variables: { language: en }
nodes:
  - { id: start, type: Start, next: ask }
  - { id: ask, type: SubFlow, flowId: language, outputs: { language: chosen }, next: by }
  - { id: by, type: Case, variable: language, branches: { es: adios, default: out } }
  - { id: adios, type: Hangup }
  - { id: out, type: Exit }
  - { id: tip, type: PlayPrompt, prompt: Hold on., next: out }`)
    const language = soundFlow(`
flowId: language
variables: { chosen: en }
nodes:
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, branches: { "2": es, default: end } }
  - { id: es, type: SetVariable, set: { chosen: es }, next: end }
  - { id: end, type: Exit }`)

    it('brings values back from a called flow', () =>
      expect(inputFor(visit('adios', 'main'), [main, language])).to.deep.equal({ dtmf: '2' }))
    it('finds branches of the called flow', () => {
      expect(inputFor(branch('es', 'default', 'language'), [main, language])).to.deep.equal({ dtmf: '2' })
    })
    it('takes the branch behind a called flow when that one returns', () => {
      expect(inputFor(branch('ask', 'default', 'main'), [main, language])).to.deep.equal({})
    })
    it('enters where events do only for what calls do not get to', () => {
      expect(inputFor(visit('tip', 'main'), [main, language])).to.deep.equal({ entry: 'onHold' })
      expect(inputFor(visit('out', 'main'), [main, language])).to.deep.equal({})
    })
  })

  describe('for what cannot be reached', () => {
    it('proves that no branch leads there', () => {
      const flow = flowOf('  - { id: start, type: Start, next: out }\n  - { id: lost, type: Exit }\n  - { id: out, type: Exit }')
      expect(inputFor(visit('lost'), [flow])).to.equal('unreachable: no branch leads to node "lost"')
    })
    it('proves that nothing makes a comparison hold', () => {
      const flow = flowOf(
        `
  - { id: start, type: Start, next: set }
  - { id: set, type: SetVariable, set: { mode: night }, next: check }
  - { id: check, type: Condition, if: { variable: mode, equals: day }, branches: { then: out, else: out } }
  - { id: out, type: Exit }`,
        'variables: { mode: day }',
      )
      expect(solveOne(branch('check', 'then'), [flow]).kind).to.equal('unreachable')
      expect(solveOne(branch('check', 'else'), [flow]).kind).to.equal('reached')
    })
    it('leaves undecided what it has no time for', () => {
      expect(inputFor(branch('pin', 'default'), [menu], { maxStates: 2 })).to.match(/^undecided: .* first 2 states/)
    })
    it('leaves undecided what hangs on values that nobody lists', () => {
      const flow = flowOf(
        `
  - { id: start, type: Start, next: set }
  - { id: set, type: SetVariable, set: { both: "{one}{two}" }, next: check }
  - { id: check, type: Condition, if: { variable: both, equals: abcd }, branches: { then: out, else: out } }
  - { id: out, type: Exit }`,
        'variables: { one: "", two: "" }',
      )
      expect(solveOne(branch('check', 'then'), [flow]).kind).to.be.oneOf(['reached', 'undecided'])
      expect(inputFor(branch('check', 'then'), [flow])).to.not.match(/^unreachable/)
    })
  })

  it('goes on to the end of the call on request', () => {
    const flow = flowOf(`
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, branches: { "1": again, "2": out, default: menu } }
  - { id: again, type: PlayPrompt, prompt: Again., next: menu }
  - { id: out, type: Exit }`)
    expect(inputFor(visit('again'), [flow])).to.deep.equal({ dtmf: '1' })
    const solution = solveOne(visit('again'), [flow], { toEnd: true })
    expect(solution).to.deep.include({ kind: 'reached', isCompleted: true })
    if (solution.kind !== 'reached') return
    expect(solution.input.dtmf).to.equal('12')
    expect(call(flow, solution.input, createLibrary([flow])).status).to.equal('Completed')
    expect(solution.path.map(({ node }) => node)).to.deep.equal(['start', 'menu', 'again'])
  })
})
