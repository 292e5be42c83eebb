import { expect } from 'chai'
import { callFlow, flowOf, pathOf, stepsOf } from '../support.ts'

describe('SetVariable', () => {
  const flow = flowOf(
    `
  - { id: start, type: Start, next: set }
  - id: set
    type: SetVariable
    set: { count: { add: 2 }, copy: "{account}", text: "{count} of {account.tier} {{sic} {no-name} {missing}", down: { add: "-{count}" }, flag: true, none: null }
    next: done
  - { id: done, type: Exit }`,
    'variables: { count: "1", account: { tier: gold }, missing: null }',
  )
  const { variables } = callFlow(flow)

  it('counts from what the variable is, also where that is a text', () => expect(variables['count']).to.equal(3))
  it('keeps the type of a value that is one placeholder', () => expect(variables['copy']).to.deep.equal({ tier: 'gold' }))
  it('sets one after the other, fills in fields, and leaves other braces alone', () =>
    expect(variables['text']).to.equal('3 of gold {sic} {no-name} '))
  it('starts a counter at 0', () => expect(variables['down']).to.equal(-3))
  it('sets plain values', () => expect(variables).to.include({ flag: true, none: null }))
  it('never reads again what it filled in', () => {
    const again = callFlow(flow, { variables: { account: { tier: '{count}' } } })
    expect(again.variables['text']).to.equal('3 of {count} {sic} {no-name} ')
  })
})

describe('Loop', () => {
  it('takes Repeat n times, Finished on visit n + 1, and starts over', () => {
    const flow = flowOf(
      `
  - { id: start, type: Start, next: again }
  - { id: again, type: Loop, repeat: 2, counter: turn, branches: { Repeat: again, Finished: ask } }
  - { id: ask, type: Menu, branches: { "1": again, default: done } }
  - { id: done, type: Exit }`,
    )
    const trace = callFlow(flow, { dtmf: '1' })
    const round = ['again:Repeat', 'again:Repeat', 'again:Finished']
    expect(stepsOf(trace)).to.deep.equal(['start:default', ...round, 'ask:1', ...round, 'ask:default', 'done'])
    expect(trace.visits.slice(1, 4).map(({ variables }) => variables?.['turn'])).to.deep.equal([1, 2, 0])
  })

  it('counts under its own name where it is given none', () => {
    const flow = flowOf(`
  - { id: start, type: Start, next: again }
  - { id: again, type: Loop, repeat: 1, branches: { Repeat: again, Finished: done } }
  - { id: done, type: Exit }`)
    expect(callFlow(flow).visits[1]?.variables).to.deep.equal({ again_count: 1 })
  })

  it('counts together with another loop of the same counter', () => {
    const flow = flowOf(`
  - { id: start, type: Start, next: one }
  - { id: one, type: Loop, repeat: 2, counter: tries, branches: { Repeat: two, Finished: done } }
  - { id: two, type: Loop, repeat: 1, counter: tries, branches: { Repeat: one, Finished: done } }
  - { id: done, type: Exit }`)
    expect(stepsOf(callFlow(flow)).slice(1)).to.deep.equal(['one:Repeat', 'two:Finished', 'done'])
  })
})

describe('Case', () => {
  const flow = flowOf(
    `
  - { id: start, type: Start, next: by_tier }
  - { id: by_tier, type: Case, variable: account.tier, branches: { gold: vip, "2": vip, default: done } }
  - { id: vip, type: Exit }
  - { id: done, type: Exit }`,
    'variables: { account: null }',
  )
  for (const [account, end] of [
    [{ tier: 'gold' }, 'vip'],
    [{ tier: 2 }, 'vip'],
    [{ tier: 'tin' }, 'done'],
    [null, 'done'],
  ] as const) {
    it(`leads to ${end} for ${JSON.stringify(account)}`, () => expect(callFlow(flow, { variables: { account } }).exitNode).to.equal(end))
  }
})

describe('DataAction', () => {
  const nodes = (branches: string): string => `
  - { id: start, type: Start, next: lookup }
  - { id: lookup, type: DataAction, actionId: find, inputs: { number: "{number}" }, outputs: { tier: tier, city: address.city }, faultVariable: why, ${branches} }
  - { id: sorry, type: Exit }
  - { id: done, type: Exit }`
  const sections = `
variables: { number: "" }
actions:
  find:
    latency: 150ms
    cases:
      - { inputs: { number: "1" }, result: { tier: gold, address: { city: Salem } } }
      - { inputs: { number: "2" }, fault: no such account, latency: 2s }`
  const flow = flowOf(nodes('branches: { success: done, error: sorry }'), sections)

  it('sets its outputs from the canned result that fits, null where the result has no such field', () => {
    expect(callFlow(flow, { variables: { number: '1' } }).variables).to.deep.equal({ number: '1', tier: 'gold', city: 'Salem' })
  })

  it('takes the branch error for a fault, and keeps its text', () => {
    const trace = callFlow(flow, { variables: { number: '2' } })
    expect(trace).to.include({ exitNode: 'sorry', status: 'Completed' })
    expect(trace.variables).to.deep.equal({ number: '2', why: 'no such account' })
  })

  it('fails where no canned answer fits', () => {
    expect(callFlow(flow, { variables: { number: '3' } }).variables['why']).to.equal('no canned answer fits the inputs')
  })

  it('takes the time that the answer takes', () => {
    expect(callFlow(flow, { variables: { number: '1' } }).durationMs).to.equal(1 + 1 + 150 + 1)
    expect(callFlow(flow, { variables: { number: '2' } }).durationMs).to.equal(1 + 1 + 2_000 + 1)
  })

  it('breaks the call at a fault that nobody takes care of', () => {
    const careless = flowOf(nodes('next: done'), sections)
    expect(callFlow(careless, { variables: { number: '1' } }).exitNode).to.equal('done')
    const trace = callFlow(careless, { variables: { number: '2' } })
    expect(trace.status).to.equal('Error')
    expect(trace.visits.at(-1)?.exception).to.include('no such account')
  })
})

describe('Transfer', () => {
  const at = (rest: string) =>
    flowOf(
      `
  - { id: start, type: Start, next: away }
  - { id: away, type: Transfer, to: "{number}", ${rest} }
  - { id: done, type: Exit }`,
      'variables: { number: "+15550100" }',
    )

  it('ends the call, and shows the number', () => {
    const trace = callFlow(at('label: Away'))
    expect(trace).to.include({ exitNode: 'away', status: 'Completed' })
    expect(trace.visits.at(-1)).to.include({ type: 'Transfer', target: '+15550100', status: 'Completed' })
  })

  it('goes on where the flow says so', () => expect(pathOf(callFlow(at('next: done')))).to.deep.equal(['start', 'away', 'done']))
})

describe('Music', () => {
  it('ends a debug call where it is wired to itself, as hold music is', () => {
    const flow = flowOf(`
  - { id: start, type: Start, next: queue }
  - { id: queue, type: Queue, queue: queue_sales, next: hold }
  - { id: hold, type: Music, seconds: 30, next: hold }`)
    expect(callFlow(flow)).to.include({ status: 'Completed', exitNode: 'hold' })
  })

  it('goes on where it leads elsewhere', () => {
    const flow = flowOf(
      '  - { id: start, type: Start, next: hold }\n  - { id: hold, type: Music, next: done }\n  - { id: done, type: Exit }',
    )
    expect(callFlow(flow)).to.include({ exitNode: 'done' })
  })
})

describe('Route', () => {
  it('shows its target as Queue does', () => {
    const flow = flowOf(
      '  - { id: start, type: Start, next: to }\n  - { id: to, type: Route, target: skill_billing, next: done }\n  - { id: done, type: Exit }',
    )
    expect(callFlow(flow).visits[1]).to.include({ type: 'Route', target: 'skill_billing' })
  })
})
