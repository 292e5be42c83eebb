import { expect } from 'chai'
import { execute } from '../../src/flow/execute.ts'
import { readFlow } from '../../src/flow/read-flow.ts'
import { callFlow, flowOf, pathOf, soundFlow, stepsOf, worldOf } from './support.ts'

const menuFlow = flowOf(`
  - { id: node_start, type: Start, next: node_menu_1 }
  - { id: node_menu_1, type: Menu, variable: selected_option, retries: 2, branches: { "1": node_sales, "2": node_sales, default: node_bye } }
  - { id: node_sales, type: Queue, queue: queue_sales, next: node_exit }
  - { id: node_bye, type: PlayPrompt, prompt: Goodbye., next: node_exit }
  - { id: node_exit, type: Exit }`)

const retryFlow = flowOf(`
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, branches: { "1": done, default: count } }
  - { id: count, type: Loop, repeat: 3, counter: tries, branches: { Repeat: invalid, Finished: done } }
  - { id: invalid, type: PlayPrompt, prompt: That is not a choice., next: menu }
  - { id: done, type: Exit }`)

const ringFlow = flowOf(`
  - { id: start, type: Start, next: ask }
  - { id: ask, type: Condition, if: { variable: callTime, equals: never }, branches: { then: done, else: ask } }
  - { id: done, type: Exit }`)

describe('execute', () => {
  it('tells each visit with its type, time, input, target, variables and branch', () => {
    const trace = callFlow(menuFlow, { dtmf: '2' })
    expect(trace).to.deep.equal({
      flowId: 'test',
      visits: [
        { index: 0, node: 'node_start', type: 'Start', atMs: 0, variables: {}, branch: 'default' },
        { index: 1, node: 'node_menu_1', type: 'GatherInput', atMs: 1, input: '2', variables: { selected_option: '2' }, branch: '2' },
        {
          index: 2,
          node: 'node_sales',
          type: 'Route',
          atMs: 21,
          target: 'queue_sales',
          variables: { selected_option: '2' },
          branch: 'default',
        },
        { index: 3, node: 'node_exit', type: 'Exit', atMs: 51, variables: { selected_option: '2' }, status: 'Completed' },
      ],
      variables: { selected_option: '2' },
      exitNode: 'node_exit',
      durationMs: 52,
      status: 'Completed',
    })
  })

  it('counts the platform’s work and not what the caller waits for', () => {
    expect(callFlow(menuFlow, { dtmf: '1' }).durationMs).to.be.below(500)
    expect(callFlow(menuFlow, { dtmf: '' }).durationMs).to.equal(1 + 3 * 20 + 10 + 1)
  })

  it('visits a menu four times in the standard retry: menu, loop of three, prompt, menu', () => {
    const trace = callFlow(retryFlow)
    expect(pathOf(trace).filter((node) => node === 'menu')).to.have.length(4)
    expect(stepsOf(trace).slice(-2)).to.deep.equal(['count:Finished', 'done'])
    expect(trace.variables).to.deep.equal({ tries: 0 })
  })

  it('breaks the call at the visit after maxLoops, and says so', () => {
    const trace = callFlow(ringFlow, { maxLoops: 3 })
    expect(pathOf(trace)).to.deep.equal(['start', 'ask', 'ask', 'ask', 'ask'])
    expect(trace.status).to.equal('Error')
    expect(trace.exitNode).to.equal(undefined)
    expect(trace.visits.at(-1)).to.include({ node: 'ask', status: 'Error' })
    expect(trace.visits.at(-1)?.exception).to.match(/4 times.*maxLoops/)
  })

  it('allows 50 visits of a node unless told otherwise', () => {
    expect(pathOf(callFlow(ringFlow)).filter((node) => node === 'ask')).to.have.length(51)
  })

  it('breaks the call after maxSteps', () => {
    const trace = callFlow(ringFlow, { maxLoops: 1_000_000, maxSteps: 10 })
    expect(trace.visits).to.have.length(11)
    expect(trace.visits.at(-1)?.exception).to.equal('the call took more than 10 steps')
  })

  it('sets the variables of the call over those of the flow', () => {
    const flow = flowOf(
      '  - { id: start, type: Start, next: done }\n  - { id: done, type: Exit }',
      'variables: { language: en, tier: basic }',
    )
    expect(callFlow(flow, { variables: { tier: 'gold', other: 1 } }).variables).to.deep.equal({ language: 'en', tier: 'gold', other: 1 })
  })

  it('begins at the entry of an event', () => {
    const flow = flowOf(
      `
  - { id: start, type: Start, next: done }
  - { id: tip, type: PlayPrompt, prompt: Thank you for holding., next: done }
  - { id: done, type: Exit }`,
      'entries: { onHold: tip }',
    )
    expect(pathOf(callFlow(flow, { entry: 'onHold' }))).to.deep.equal(['tip', 'done'])
    expect(pathOf(callFlow(flow))).to.deep.equal(['start', 'done'])
  })

  it('stops at a node that is broken, with the reason, and goes through the others', () => {
    const flow = readFlow(
      `
flowId: broken
nodes:
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, branches: { "1": sales, "2": support, default: done } }
  - { id: sales, type: Queue, next: done }
  - { id: support, type: Queue, queue: queue_support, next: done }
  - { id: done, type: Exit }`,
      'broken.flow.yaml',
    )
    const broken = execute(flow, { dtmf: '1' }, worldOf(flow))
    expect(pathOf(broken)).to.deep.equal(['start', 'menu', 'sales'])
    expect(broken.visits.at(-1)).to.include({ type: 'Route', status: 'Error' })
    expect(broken.visits.at(-1)?.exception).to.include('lacks "queue"')
    expect(execute(flow, { dtmf: '2' }, worldOf(flow)).status).to.equal('Completed')
  })

  it('ends in an error without a visit where there is nowhere to begin', () => {
    const flow = readFlow('flowId: [', 'torn.flow.yaml')
    expect(execute(flow, {}, worldOf(flow))).to.deep.equal({ flowId: 'torn', visits: [], variables: {}, durationMs: 0, status: 'Error' })
  })

  it('is not fooled by variables that are named like properties of every object', () => {
    const flow = flowOf(
      `
  - { id: start, type: Start, next: ask }
  - { id: ask, type: Condition, if: { variable: constructor, exists: true }, branches: { then: yes_, else: done } }
  - { id: yes_, type: Exit }
  - { id: done, type: Exit }`,
      'variables: { constructor: null }',
    )
    expect(pathOf(callFlow(flow, { variables: JSON.parse('{"__proto__": {"polluted": true}}') }))).to.deep.equal(['start', 'ask', 'done'])
    expect({}).to.not.have.property('polluted')
  })
})

describe('execute across flows', () => {
  const language = soundFlow(`
flowId: language
variables: { chosen: en, greeting: "" }
nodes:
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, variable: key, branches: { "2": spanish, default: done } }
  - { id: spanish, type: SetVariable, set: { chosen: es }, next: done }
  - { id: done, type: Exit }`)
  const main = flowOf(
    `
  - { id: start, type: Start, next: language }
  - { id: language, type: SubFlow, flowId: language, inputs: { greeting: "Hello {caller_name}" }, outputs: { language: chosen }, next: queue }
  - { id: queue, type: Queue, queue: "queue_{language}", next: done }
  - { id: done, type: Exit }`,
    'variables: { language: none, caller_name: you }',
  )

  it('calls a flow, shows its nodes under its id, and comes back', () => {
    const trace = callFlow(main, { dtmf: '2' }, language)
    expect(stepsOf(trace)).to.deep.equal([
      'start:default',
      'language:call',
      'language/start:default',
      'language/menu:2',
      'language/spanish:default',
      'language/done:return',
      'queue:default',
      'done',
    ])
    expect(trace.exitNode).to.equal('done')
  })

  it('keeps the variables of the two apart, but for inputs and outputs', () => {
    const trace = callFlow(main, { dtmf: '2' }, language)
    expect(trace.visits.find(({ node }) => node === 'language/start')?.variables).to.deep.equal({ chosen: 'en', greeting: 'Hello you' })
    expect(trace.variables).to.deep.equal({ language: 'es', caller_name: 'you' })
    expect(trace.visits.find(({ node }) => node === 'queue')?.target).to.equal('queue_es')
  })

  it('ends the call at a Hangup inside a called flow', () => {
    const sub = soundFlow(
      'flowId: language\nvariables: { chosen: a, greeting: "" }\nnodes: [{ id: start, type: Start, next: bye }, { id: bye, type: Hangup }]',
    )
    const trace = callFlow(main, {}, sub)
    expect(trace).to.include({ status: 'Completed', exitNode: 'language/bye' })
    expect(trace.visits.at(-1)).to.include({ type: 'Exit', status: 'Completed' })
    expect(trace.variables).to.deep.equal({ language: 'none', caller_name: 'you' })
  })

  it('breaks where the flow that is called does not exist', () => {
    const trace = callFlow(main)
    expect(trace.visits.at(-1)).to.include({ node: 'language', status: 'Error', exception: 'there is no flow "language"' })
  })

  it('goes to another flow for good at a transfer', () => {
    const handover = flowOf(`
  - { id: start, type: Start, next: away }
  - { id: away, type: Transfer, flowId: language, inputs: { chosen: fr } }`)
    const trace = callFlow(handover, { dtmf: '1' }, language)
    expect(stepsOf(trace)).to.deep.equal([
      'start:default',
      'away:transfer',
      'language/start:default',
      'language/menu:default',
      'language/done',
    ])
    expect(trace.variables).to.deep.equal({ chosen: 'fr', greeting: '' })
  })

  it('comes back from a flow that was transferred to inside a called one', () => {
    const relay = soundFlow(
      'flowId: relay\nvariables: { chosen: x, greeting: "" }\nnodes: [{ id: start, type: Start, next: on }, { id: on, type: Transfer, flowId: language }]',
    )
    const outer = flowOf(`
  - { id: start, type: Start, next: sub }
  - { id: sub, type: SubFlow, flowId: relay, next: done }
  - { id: done, type: Exit }`)
    expect(stepsOf(callFlow(outer, {}, relay, language)).slice(-2)).to.deep.equal(['language/done:return', 'done'])
  })

  it('bounds flows that call each other for ever', () => {
    const endless = flowOf(
      '  - { id: start, type: Start, next: again }\n  - { id: again, type: SubFlow, flowId: test, next: done }\n  - { id: done, type: Exit }',
    )
    expect(callFlow(endless).status).to.equal('Error')
  })

  it('hands the time of the call on to the flow that is called', () => {
    const sub = soundFlow(
      'flowId: language\nvariables: { chosen: a, greeting: "" }\nnodes: [{ id: start, type: Start, next: bye }, { id: bye, type: Exit }]',
    )
    const trace = callFlow(main, { variables: { callTime: '2026-01-05T09:30' } }, sub)
    expect(trace.visits.find(({ node }) => node === 'language/bye')?.variables).to.include({ callTime: '2026-01-05T09:30' })
  })
})
