import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect } from 'chai'
import type { Log } from 'sarif'
import { Folder } from '../support/folder.ts'
import { type CliResult, runCli } from './support/run-cli.ts'

const guide = readFileSync('docs/analysis.md', 'utf8')
const [, example = ''] = /^```yaml\n(.*?)^```$/ms.exec(guide) ?? []
const [, told = ''] = /^```text\n(.*?)^```$/ms.exec(guide) ?? []

describe('cxspec analyze', () => {
  let folder: Folder
  beforeEach(() => {
    folder = new Folder()
    folder.write('trap.flow.yaml', example)
  })
  afterEach(() => folder.remove())

  const run = (...args: readonly string[]): Promise<CliResult> => runCli(['analyze', ...args], { cwd: folder.path })

  it('says of the example of the guide what the guide says, and how a caller gets there', async () => {
    const { code, stdout } = await run('trap.flow.yaml')
    expect(stdout).to.include(told.trim())
    expect(stdout).to.include('a caller gets there with dtmf "1"')
    expect(stdout).to.include('1 flow with 2 loops: 1 error, 0 warnings, 1 note')
    expect(code).to.equal(1)
  })

  it('exits by the severity that is asked for', async () => {
    folder.write('trap.flow.yaml', example.replaceAll('next: node_again', 'next: node_exit'))
    expect((await run('trap.flow.yaml')).code).to.equal(0)
    expect((await run('trap.flow.yaml', '--severity', 'note')).code).to.equal(1)
    expect((await run('trap.flow.yaml', '--severity', 'never')).code).to.equal(0)
    expect((await run('trap.flow.yaml', '--severity', 'always')).code).to.equal(2)
  })

  it('takes what the author allows for no error', async () => {
    folder.write(
      'trap.flow.yaml',
      example.replace('  - { id: node_wait', '  # cxspec-ignore unguarded-loop: nobody presses 1\n  - { id: node_wait'),
    )
    const { code, stdout } = await run('trap.flow.yaml')
    expect(code).to.equal(0)
    expect(stdout).to.include('0 errors, 0 warnings, 1 note, 1 allowed')
    const { stdout: sarif } = await run('trap.flow.yaml', '--format', 'sarif')
    const log: Log = JSON.parse(sarif)
    const allowed = log.runs[0]?.results?.find(({ ruleId }) => ruleId === 'unguarded-loop')
    expect(allowed?.suppressions).to.deep.equal([{ kind: 'inSource', justification: 'nobody presses 1' }])
  })

  it('prints JSON that its published schema proves', async () => {
    const { stdout } = await run('trap.flow.yaml', '--format', 'json')
    const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schemas/analysis.schema.json', 'utf8')))
    const analysis = JSON.parse(stdout)
    expect(validate(analysis), JSON.stringify(validate.errors)).to.equal(true)
    expect(analysis.flows[0].loops.map((loop: { class: string }) => loop.class)).to.have.members(['caller', 'unguarded'])
  })

  it('prints SARIF that refers to its rules and to places in the file', async () => {
    const { stdout } = await run('trap.flow.yaml', '--format', 'sarif')
    const log: Log = JSON.parse(stdout)
    const [scan] = log.runs
    expect(log.version).to.equal('2.1.0')
    expect(scan?.results).to.have.length(2)
    for (const { ruleId, ruleIndex = -1, locations = [], level } of scan?.results ?? []) {
      expect(scan?.tool.driver.rules?.[ruleIndex]?.id).to.equal(ruleId)
      expect(level).to.be.oneOf(['error', 'warning', 'note'])
      expect(locations[0]?.physicalLocation?.artifactLocation?.uri).to.equal('trap.flow.yaml')
      expect(locations[0]?.physicalLocation?.region?.startLine).to.be.greaterThan(0)
    }
    const trap = scan?.results?.find(({ ruleId }) => ruleId === 'unguarded-loop')
    const steps = trap?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => location?.message?.text)
    expect(steps).to.deep.equal(['node_wait takes "default"', 'node_again takes "else"', 'node_wait'])
  })

  it('finds flows by their id, and names what is not there', async () => {
    expect((await run('trap', '--flows', '.')).code).to.equal(1)
    const { code, stderr } = await run('trapp', '--flows', '.')
    expect(code).to.equal(2)
    expect(stderr).to.include('did you mean "trap"?')
  })
})

describe('cxspec analyze, on the flows of this project', () => {
  it('finds nothing but what is broken on purpose', async () => {
    const { stdout } = await runCli(['analyze', 'scenarios/flows', '--format', 'json'], { cwd: process.cwd() })
    const flows: { flowId: string; findings: { severity: string }[] }[] = JSON.parse(stdout).flows
    const faulty = flows.filter(({ findings }) => findings.length > 0).map(({ flowId }) => flowId)
    expect(faulty).to.have.members(['broken-menu', 'careless-menu', 'torn-menu'])
  })
})
