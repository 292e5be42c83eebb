import { expect } from 'chai'
import { seenFromFile } from '../../../src/flow/coverage/edition.ts'
import type { RunEvent } from '../../../src/model/event.ts'
import { soundFlow } from '../../flow/support.ts'
import { runStarted } from '../support/run-script.ts'
import { apiTrace, branchesOf, collected, MENU, menu, NOT_MET, pin, runOf, scenarioOf, seen } from './support.ts'

const flowsOf = (events: readonly RunEvent[]) =>
  collected(events).flows.map(({ edition, isCurrent, runs, calls }) => ({
    id: edition.flow.flowId,
    version: edition.version,
    isCurrent,
    runs,
    calls,
  }))

describe('CoverageCollector', () => {
  it('counts two keys that lead to one node as two branches', () => {
    const coverage = collected(runOf(...scenarioOf('a', apiTrace(menu, '1'))))
    expect(branchesOf(coverage, 'menu', ({ passed }) => passed > 0)).to.deep.equal(['start "default"', 'ask "1"', 'sales "default"'])
    expect(coverage.shares.branches).to.deep.equal({ total: 11, covered: 3, passed: 3, ambiguous: 0 })
  })

  it('counts passing and failing tries apart, each by its own end', () => {
    const first = apiTrace(menu, '2')
    const events = runOf(
      ...scenarioOf('a', first).slice(0, 2),
      { type: 'try-finished', atMs: 3, scenario: 'a', try: 1, durationMs: 1, outcome: NOT_MET },
      ...scenarioOf('a', apiTrace(menu, '1'), undefined, 2).slice(1),
      ...scenarioOf('b', apiTrace(menu, '9'), NOT_MET),
    )
    const coverage = collected(events)
    expect(branchesOf(coverage, 'menu', ({ passed }) => passed > 0)).to.deep.equal(['start "default"', 'ask "1"', 'sales "default"'])
    expect(branchesOf(coverage, 'menu', ({ failed }) => failed > 0)).to.deep.equal([
      'start "default"',
      'ask "2"',
      'ask "noMatch"',
      'sales "default"',
    ])
    expect(coverage.shares.branches).to.deep.include({ covered: 5, passed: 3 })
    expect(flowsOf(events)[0]?.calls).to.deep.equal({ passed: 1, failed: 2 })
  })

  it('counts what has no end on record as not passed', () => {
    const coverage = collected(runOf(...scenarioOf('a', apiTrace(menu, '1')).slice(0, 2)))
    expect(coverage.shares.branches).to.deep.include({ covered: 3, passed: 0 })
  })

  it('follows calls into sub-flows and back, and counts their entries and exits', () => {
    const coverage = collected(runOf(...scenarioOf('a', apiTrace(menu, '34711'))))
    expect(branchesOf(coverage, 'pin', ({ passed }) => passed > 0)).to.deep.equal(['start "default"', 'gather "default"'])
    expect(branchesOf(coverage, 'menu', ({ passed }) => passed > 0)).to.include('pin "default"')
    const { entries, exits, subFlows, pairs } = coverage.shares
    expect([entries, exits, subFlows].map(({ covered, total }) => `${covered}/${total}`)).to.deep.equal(['2/2', '2/2', '1/1'])
    expect(pairs.covered).to.equal(4)
  })

  it('says which way leads to what is not covered, also through another flow', () => {
    const { ways } = collected(runOf(...scenarioOf('a', apiTrace(menu, '1'))))
    const wayTo = (flowId: string, node: string, label: string) => ways.get(flowId)?.get(JSON.stringify(['branch', node, label]))
    expect(wayTo('menu', 'ask', '2')).to.deep.include({ flowId: 'menu' })
    expect(wayTo('menu', 'ask', '2')?.solution).to.deep.include({ kind: 'reached' })
    expect(wayTo('pin', 'gather', 'default')).to.deep.include({ flowId: 'menu' })
    expect(wayTo('menu', 'ask', '1')).to.equal(undefined)
  })

  describe('of a flow that changed', () => {
    const changed = soundFlow(MENU.replace('version: "3"', 'version: "4"').replace('"2": sales', '"2": pin'), 'flows/menu.flow.yaml')
    const later = { ...runStarted, runId: 'later', startedAt: '2026-02-01T00:00:00.000Z' } as RunEvent
    const events = [
      later,
      seen(changed),
      seen(pin),
      ...scenarioOf('a', apiTrace(changed, '1')),
      ...runOf(...scenarioOf('a', apiTrace(menu, '2')), ...scenarioOf('b', apiTrace(menu, '9'))),
    ]

    it('never adds up what belongs to different editions, and takes the one of the latest run for the totals', () => {
      const coverage = collected(events)
      expect(flowsOf(events).map(({ id, version, isCurrent, runs }) => [id, version, isCurrent, runs])).to.deep.equal([
        ['menu', '4', true, 1],
        ['menu', '3', false, 1],
        ['pin', '1', true, 2],
      ])
      expect(branchesOf(coverage, 'menu', ({ passed }) => passed > 0)).to.deep.equal(['start "default"', 'ask "1"', 'sales "default"'])
      expect(coverage.shares.branches.total).to.equal(11)
      expect(coverage.notes.join()).to.match(/flow "menu" changed between calls: its 2 editions are counted apart.*version 4/)
    })

    it('tells where a version was changed without another number', () => {
      const silently = soundFlow(MENU.replace('"2": sales', '"2": bye'), 'flows/menu.flow.yaml')
      const coverage = collected([
        ...runOf(...scenarioOf('a', apiTrace(menu, '2'))),
        later,
        seen(silently),
        ...scenarioOf('a', apiTrace(silently, '2')),
      ])
      expect(coverage.flows.filter(({ edition }) => edition.flow.flowId === 'menu')).to.have.length(2)
      expect(coverage.notes.join()).to.include('under the same version')
    })

    it('adds up runs that met the same', () => {
      const twice = [
        ...runOf(...scenarioOf('a', apiTrace(menu, '1'))),
        later,
        seen(menu),
        seen(pin),
        ...scenarioOf('b', apiTrace(menu, '2')),
      ]
      expect(flowsOf(twice)).to.deep.equal([
        { id: 'menu', version: '3', isCurrent: true, runs: 2, calls: { passed: 2, failed: 0 } },
        { id: 'pin', version: '1', isCurrent: true, runs: 2, calls: { passed: 0, failed: 0 } },
      ])
    })
  })

  describe('without the definition on record', () => {
    const events = [runStarted, ...scenarioOf('a', apiTrace(menu, '1'))]

    it('takes a substitute where there is one, with the flows that it calls, and says so', () => {
      const files = new Map([menu, pin].map((flow) => [flow.flowId, seenFromFile(flow)]))
      const coverage = collected(events, (flowId) => files.get(flowId))
      expect(coverage.flows.map(({ edition }) => edition.flow.flowId)).to.deep.equal(['menu', 'pin'])
      expect(coverage.notes).to.deep.equal([
        'the run does not tell the definition of flow "menu": it was taken from the file as it is now',
        'the run does not tell the definition of flow "pin": it was taken from the file as it is now',
      ])
    })

    it('says that nothing can be said', () => {
      expect(collected(events)).to.deep.include({ flows: [], unmeasured: [{ flowId: 'menu', why: 'its definition is not on record' }] })
      const refused = collected([runStarted, { type: 'flow-seen', atMs: 1, flowId: 'menu', problem: '403' }, ...events.slice(1)])
      expect(refused.unmeasured).to.deep.equal([{ flowId: 'menu', why: '403' }])
    })

    it('does not read what is in another form', () => {
      const definition = { scriptContent: { header: {}, actions: {} } }
      const told = collected([runStarted, { type: 'flow-seen', atMs: 1, flowId: 'menu', fingerprint: 'f', definition }, ...events.slice(1)])
      expect(told.unmeasured[0]?.why).to.equal('its definition is not in a form that cxspec reads')
    })
  })

  it('tells calls that do not fit the definition, and counts their visits', () => {
    const trace = apiTrace(menu, '1')
    const visits = trace.visits.filter(({ node }) => node !== 'ask')
    const coverage = collected(runOf(...scenarioOf('a', { ...trace, visits })))
    expect(coverage.strays).to.deep.equal([{ flowId: 'menu', scenario: 'a', why: 'no branch of node "start" leads to node "sales"' }])
    expect(coverage.shares.nodes.covered).to.equal(3)
  })
})
