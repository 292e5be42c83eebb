import { expect } from 'chai'
import type { Call } from '../../src/flow/call.ts'
import { callFlow, flowOf, stepsOf } from './support.ts'

function flowWith(node: string) {
  return flowOf(`
  - { id: start, type: Start, next: ask }
  - id: ask
${node.replace(/^/gm, '    ')}
  - { id: a, type: Exit }
  - { id: b, type: Exit }
  - { id: silent, type: Exit }
  - { id: wrong, type: Exit }
  - { id: other, type: Exit }`)
}

/** The steps after Start, and what the variable `got` is in the end. */
function ask(node: string, call: Call): { steps: string[]; got: unknown } {
  const trace = callFlow(flowWith(node), call)
  return { steps: stepsOf(trace).slice(1), got: trace.variables['got'] }
}

const MENU = `type: Menu
variable: got
speech: { "1": [sales, buy], "2": [support, talk to support], agent: [a human] }
branches: { "1": a, "2": b, "12": other, "#": other, agent: other, noInput: silent, noMatch: wrong }`

describe('a Menu', () => {
  const cases: readonly (readonly [string, Call, string, unknown])[] = [
    ['a key', { dtmf: '2' }, '2', '2'],
    ['several keys', { dtmf: '12' }, '12', '12'],
    ['a key that is no choice', { dtmf: '7' }, 'noMatch', undefined],
    ['no key', { dtmf: '' }, 'noInput', undefined],
    ['a key after too long a pause', { dtmf: ',,,1' }, 'noInput', undefined],
    ['the key #', { dtmf: '#' }, '#', '#'],
    ['a phrase', { speech: 'Sales' }, '1', '1'],
    ['a phrase in a sentence', { speech: 'I’d like to talk to support, please!' }, '2', '2'],
    ['a phrase with a label of its own', { speech: 'give me a HUMAN' }, 'agent', 'agent'],
    ['a phrase inside another word', { speech: 'wholesales' }, 'noMatch', undefined],
    ['a phrase that nobody knows', { speech: 'pizza' }, 'noMatch', undefined],
  ]
  for (const [what, call, branch, got] of cases) {
    it(`takes the branch ${branch} for ${what}`, () => {
      expect(ask(MENU, call)).to.deep.include({ got })
      expect(ask(MENU, call).steps[0]).to.equal(`ask:${branch}`)
    })
  }

  it('takes default where the branch is not there', () => {
    const node = 'type: Menu\nbranches: { "1": a, default: other }'
    expect(ask(node, { dtmf: '3' }).steps).to.deep.equal(['ask:default', 'other'])
    expect(ask(node, {}).steps).to.deep.equal(['ask:default', 'other'])
  })

  it('asks again as often as retries says, each time as a visit, then takes the branch of the last failure', () => {
    const node = 'type: Menu\nretries: 2\nbranches: { "1": a, noInput: silent, noMatch: wrong }'
    expect(ask(node, { dtmf: '' }).steps).to.deep.equal(['ask:retry', 'ask:retry', 'ask:noInput', 'silent'])
    expect(ask(node, { dtmf: '9,9' }).steps).to.deep.equal(['ask:retry', 'ask:retry', 'ask:noInput', 'silent'])
    expect(ask(node, { dtmf: '999' }).steps).to.deep.equal(['ask:retry', 'ask:retry', 'ask:noMatch', 'wrong'])
    expect(ask(node, { dtmf: '91' }).steps).to.deep.equal(['ask:retry', 'ask:1', 'a'])
  })

  it('counts retries anew when the call comes back', () => {
    const flow = flowOf(`
  - { id: start, type: Start, next: ask }
  - { id: ask, type: Menu, retries: 1, branches: { "1": ask, noInput: done, noMatch: done } }
  - { id: done, type: Exit }`)
    expect(stepsOf(callFlow(flow, { dtmf: '919' })).slice(1)).to.deep.equal(['ask:retry', 'ask:1', 'ask:retry', 'ask:noInput', 'done'])
  })

  it('breaks the call where nobody said what becomes of a silent caller', () => {
    const trace = callFlow(flowWith('type: Menu\nbranches: { "1": a, noMatch: wrong }'), {})
    expect(trace.visits.at(-1)).to.include({
      node: 'ask',
      status: 'Error',
      exception: 'node "ask" has no branch "noInput", and no "default"',
    })
  })

  it('shows what was entered, also where it is no choice', () => {
    expect(callFlow(flowWith(MENU), { dtmf: '7' }).visits[1]).to.include({ input: '7' })
    expect(callFlow(flowWith(MENU), { speech: 'pizza' }).visits[1]).to.include({ input: 'pizza' })
    expect(callFlow(flowWith(MENU), {}).visits[1]).to.not.have.property('input')
  })
})

describe('keys and speech of one call', () => {
  const flow = flowOf(`
  - { id: start, type: Start, next: language }
  - { id: language, type: Menu, branches: { "1": menu, default: lost } }
  - { id: menu, type: Menu, speech: { "1": [sales] }, branches: { "1": pin, default: lost } }
  - { id: pin, type: GatherInput, variable: pin, maxDigits: 4, branches: { default: done, noInput: lost, noMatch: lost } }
  - { id: lost, type: Exit }
  - { id: done, type: Exit }`)

  it('each go to the nodes that understand them', () => {
    const trace = callFlow(flow, { dtmf: '11234', speech: 'sales' })
    expect(stepsOf(trace)).to.deep.equal(['start:default', 'language:1', 'menu:1', 'pin:default', 'done'])
    expect(trace.variables).to.deep.equal({ pin: '1234' })
  })

  it('are both there for a node: a phrase that it does not know waits for its turn', () => {
    const trace = callFlow(flow, { dtmf: '11', speech: 'pizza' })
    expect(stepsOf(trace)).to.deep.equal(['start:default', 'language:1', 'menu:1', 'pin:noInput', 'lost'])
  })
})

const PIN = `type: GatherInput
variable: got
digits: "0123456789"
minDigits: 4
maxDigits: 6
terminator: "#"
branches: { default: a, noInput: silent, noMatch: wrong }`

describe('a GatherInput', () => {
  const cases: readonly (readonly [string, string, string, unknown])[] = [
    ['an entry that the terminator ends', '1234#', 'default', '1234'],
    ['an entry of the full length', '1234567', 'default', '123456'],
    ['an entry that a pause ends', '12345,,6', 'default', '12345'],
    ['too few keys', '123#', 'noMatch', undefined],
    ['keys that are not accepted', '12*4#', 'noMatch', undefined],
    ['only the terminator', '#', 'noInput', undefined],
    ['nothing', '', 'noInput', undefined],
  ]
  for (const [what, dtmf, branch, got] of cases) {
    it(`takes the branch ${branch} for ${what}`, () => {
      const { steps, got: variable } = ask(PIN, { dtmf })
      expect(steps[0]).to.equal(`ask:${branch}`)
      expect(variable).to.equal(got)
    })
  }

  it('may be a menu as well', () => {
    const node = 'type: GatherInput\nvariable: got\nmaxDigits: 4\nterminator: "#"\nbranches: { "0": b, default: a, noInput: silent }'
    expect(ask(node, { dtmf: '0#' }).steps[0]).to.equal('ask:0')
  })

  it('goes on with an entry that has no branch of its own, without asking again', () => {
    const node = 'type: GatherInput\nmaxDigits: 2\nretries: 2\nbranches: { "0": b, default: a, noInput: silent }'
    expect(ask(node, { dtmf: '47' }).steps).to.deep.equal(['ask:default', 'a'])
  })

  it('asks again for an entry that has no branch and no default', () => {
    const node = 'type: GatherInput\nretries: 1\nbranches: { "0": b, noInput: silent, noMatch: wrong }'
    expect(ask(node, { dtmf: '47' }).steps).to.deep.equal(['ask:retry', 'ask:noMatch', 'wrong'])
  })

  it('waits as long as it says', () => {
    const patient =
      'type: GatherInput\ntimeout: 10s\ninterDigitTimeout: 500ms\nmaxDigits: 2\nvariable: got\nbranches: { default: a, noInput: silent }'
    expect(ask(patient, { dtmf: ',,,,1w2' })).to.deep.equal({ steps: ['ask:default', 'a'], got: '1' })
  })
})
