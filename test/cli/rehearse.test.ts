import { expect } from 'chai'
import { type RehearsedStep, rehearsal } from '../../src/cli/rehearse.ts'
import { loadLibrary } from '../../src/flow/load-library.ts'
import type { Scenario } from '../../src/model/suite.ts'
import { findScenarioFiles } from '../../src/scenario/find-scenario-files.ts'
import { suiteLoader } from '../../src/scenario/suite-loader.ts'
import { flowOf } from '../flow/support.ts'

const flow = flowOf(`
  - { id: start, type: Start, next: menu }
  - { id: menu, type: Menu, variable: key, branches: { "1": sales, noInput: out, noMatch: menu } }
  - { id: sales, type: Queue, queue: queue_sales, next: out }
  - { id: out, type: Exit }`)
const perform = rehearsal(new Map([['test', flow]]), () => new Date(0))

function step(
  kind: string,
  input: object,
  expected: object = {},
  more: Partial<Scenario['steps'][number]> = {},
): Scenario['steps'][number] {
  return { kind, input: { flowId: 'test', ...input }, expect: { ...expected }, pointer: ['scenarios', 0], ...more }
}

async function all(...steps: Scenario['steps']): Promise<RehearsedStep[]> {
  const done: RehearsedStep[] = []
  for await (const one of perform({ steps })) done.push(one)
  return done
}

describe('rehearsal', () => {
  it('judges calls as a run does, with their branches', async () => {
    const [met, unmet] = await all(
      step('debug', { dtmf: '1' }, { routedTo: 'queue_sales' }),
      step('debug', {}, { routedTo: 'queue_sales' }),
    )
    expect(met).to.deep.include({ kind: 'called', findings: [] })
    expect(met?.kind === 'called' && met.trace.visits.map(({ branch }) => branch)).to.deep.equal(['default', '1', 'default', undefined])
    expect(unmet?.kind === 'called' && unmet.findings.map(({ at }) => at)).to.deep.equal([['routedTo']])
  })

  it('judges loops by the definition', async () => {
    const [done] = await all(step('debug', { dtmf: '99999' }))
    expect(done?.kind === 'called' && done.findings.length).to.equal(1)
  })

  it('hands on what calls yield, and leaves out what needs other steps', async () => {
    const reference = { at: ['input', 'dtmf'], parts: [{ step: 'first', path: ['variables', 'key'] }] }
    const later = step('debug', { dtmf: '' }, { routedTo: 'queue_sales' }, { references: [reference] })
    const [, second] = await all(step('debug', { dtmf: '1' }, {}, { id: 'first' }), later)
    expect(second).to.deep.include({ kind: 'called', findings: [] })
    const kinds = (await all(step('compile', {}, {}, { id: 'first' }), later)).map(({ kind }) => kind)
    expect(kinds).to.deep.equal(['left-out', 'left-out'])
  })

  it('says why nothing could be judged', async () => {
    const [done] = await all(step('debug', { flowId: 'nosuch' }))
    expect(done?.kind === 'broke' && done.problem.code).to.equal('NOT_FOUND')
    expect(done).to.not.have.property('trace')
  })

  it('agrees with the emulator on every virtual call of the scenarios of this project', async () => {
    const { flows } = loadLibrary(['scenarios/flows'], process.cwd())
    const load = suiteLoader({ root: process.cwd(), vars: {}, configVars: {}, ci: true })
    const rehearse = rehearsal(flows, () => new Date())
    const bad: unknown[] = []
    let calls = 0
    for (const file of findScenarioFiles(['scenarios'], process.cwd()).files) {
      for (const scenario of load(file).value?.scenarios.filter(({ skip }) => skip === undefined) ?? []) {
        for await (const done of rehearse(scenario)) {
          calls += done.kind === 'left-out' ? 0 : 1
          if (done.kind === 'broke' || (done.kind === 'called' && done.findings.length > 0)) bad.push(done)
        }
      }
    }
    expect(bad).to.deep.equal([])
    expect(calls).to.be.greaterThan(50)
  })
})
