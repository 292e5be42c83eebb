import { expect } from 'chai'
import { type FlowEdition, seenFromFile } from '../../../src/flow/coverage/edition.ts'
import { coverageOf } from '../../../src/flow/coverage/flow-coverage.ts'
import { branchKey, FlowTally, nodeKey } from '../../../src/flow/coverage/flow-tally.ts'
import { type Way, waysToUncovered } from '../../../src/flow/coverage/ways-to-uncovered.ts'
import { createLibrary } from '../../../src/flow/library.ts'
import { call } from '../../../src/flow/solve/confirm.ts'
import { soundFlow } from '../support.ts'

const main = soundFlow(`flowId: main
variables: { tier: basic }
nodes:
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, branches: { "1": check, "2": sub, noInput: bye, noMatch: bye } }
  - { id: check, type: Condition, if: { variable: tier, equals: gold }, branches: { then: bye, else: bye } }
  - { id: sub, type: SubFlow, flowId: inner, next: never }
  - { id: never, type: Condition, if: { variable: tier, oneOf: [basic, gold], equals: silver }, branches: { then: bye, else: bye } }
  - { id: bye, type: Exit }
`)
const inner = soundFlow(`flowId: inner
entries: { main: start, vip: ask }
nodes:
  - { id: start, type: Start, next: done }
  - { id: ask, type: PlayPrompt, prompt: x, next: done }
  - { id: done, type: Exit }
`)
const library = createLibrary([main, inner])

function editionOf(flow: typeof main): FlowEdition {
  return { flow, fingerprint: '', lines: seenFromFile(flow).lines ?? {}, isEmulated: true }
}

const flows = [main, inner].map((flow) => coverageOf(editionOf(flow), new FlowTally()))

describe('waysToUncovered', () => {
  const ways = waysToUncovered(flows, library, new Set(['main']))
  const wayTo = (flowId: string, key: string): Way => ways.get(flowId)?.get(key) ?? expect.fail(`no way to ${key}`)

  it('finds an input for each branch, that the interpreter confirms', () => {
    for (const [flowId, ofFlow] of ways) {
      for (const [key, way] of ofFlow) {
        if (way.solution.kind !== 'reached') continue
        const [kind, node, label] = JSON.parse(key)
        const trace = call(library.get(way.flowId) ?? main, way.solution.input, library)
        const name = flowId === way.flowId ? node : `${flowId}/${node}`
        const isMet = trace.visits.some((visit) => visit.node === name && (kind === 'node' || [label, 'call'].includes(visit.branch)))
        expect(isMet, key).to.equal(true)
      }
    }
  })

  it('sets variables only where keys do not do it', () => {
    expect(wayTo('main', branchKey('check', 'else')).solution).to.deep.nested.include({ 'input.dtmf': '1', 'input.variables': {} })
    expect(wayTo('main', branchKey('check', 'then')).solution).to.deep.nested.include({ 'input.variables': { tier: 'gold' } })
  })

  it('goes through the flow that is called, and calls a flow itself only where that leads nowhere', () => {
    expect(wayTo('inner', branchKey('start', 'default'))).to.deep.include({ flowId: 'main' })
    expect(wayTo('inner', nodeKey('ask'))).to.deep.include({ flowId: 'inner' })
    expect(wayTo('inner', nodeKey('ask')).solution).to.deep.nested.include({ 'input.entry': 'vip' })
  })

  it('says what cannot be reached, and why', () => {
    expect(wayTo('main', branchKey('never', 'then')).solution.kind).to.be.oneOf(['unreachable', 'undecided'])
  })

  it('asks for nothing that is covered', () => {
    const tally = new FlowTally()
    tally.add({ kind: 'branch', flow: main, taken: { node: 'menu', labels: ['1'] } }, 'failed')
    const covered = waysToUncovered([coverageOf(editionOf(main), tally)], library, new Set(['main']))
    expect([...(covered.get('main')?.keys() ?? [])]).to.not.include(branchKey('menu', '1'))
  })
})
