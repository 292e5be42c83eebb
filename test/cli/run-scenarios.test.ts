import { expect } from 'chai'
import { FaultError, type RunEvent, runScenarios } from '../../src/index.ts'
import type { Folder } from '../support/folder.ts'
import { initProject } from './support/project.ts'

describe('runScenarios', () => {
  let folder: Folder
  beforeEach(() => {
    folder = initProject()
  })
  afterEach(() => folder.remove())

  it('resolves with what came of each scenario, and tells every event', async () => {
    const events: RunEvent['type'][] = []
    const result = await runScenarios({ cwd: folder.path, env: {}, grep: 'key', onEvent: ({ type }) => events.push(type) })
    expect(result.exitCode).to.equal(0)
    expect(result.scenarios.map(({ id, outcome }) => [id, outcome.status])).to.have.deep.members([
      ['scenarios/welcome.cxspec.yaml#every key reaches its own queue [key=1, queue=queue_sales]', 'passed'],
      ['scenarios/welcome.cxspec.yaml#every key reaches its own queue [key=2, queue=queue_support]', 'passed'],
    ])
    expect(events.at(0)).to.equal('run-started')
    expect(events.at(-1)).to.equal('run-finished')
  })

  it('takes values of any type for placeholders', async () => {
    const scenario =
      'suite: S\nflow: welcome\nscenarios:\n  - name: x\n    debug: { dtmf: "${key}" }\n    expect: { routedTo: "${queue}" }\n'
    folder.write('x.cxspec.yaml', scenario)
    const vars = { key: '2', queue: { oneOf: ['queue_support'] } }
    expect((await runScenarios({ cwd: folder.path, env: {}, paths: ['x.cxspec.yaml'], vars })).exitCode).to.equal(0)
  })

  it('counts what calls go through, and exits 1 where that is too little', async () => {
    const { exitCode, scenarios } = await runScenarios({ cwd: folder.path, env: {}, minCoverage: 'branches=100' })
    expect(exitCode).to.equal(1)
    expect(scenarios.every(({ outcome }) => outcome.status === 'passed')).to.equal(true)
    expect((await runScenarios({ cwd: folder.path, env: {}, coverage: true })).exitCode).to.equal(0)
  })

  it('rejects with every fault of the options', async () => {
    const error: unknown = await runScenarios({ cwd: folder.path, env: {}, target: 'nope', jobs: 0 }).catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(FaultError)
    expect(error instanceof FaultError && error.faults.map(({ code }) => code)).to.have.members(['UNKNOWN_TARGET', 'INVALID_SETTING'])
  })

  it('ends with its signal, and reports what did not run', async () => {
    const result = await runScenarios({ cwd: folder.path, env: {}, signal: AbortSignal.abort() })
    expect(result.exitCode).to.equal(130)
    expect(result.scenarios.map(({ outcome }) => outcome.status)).to.include('not-run')
  })
})
