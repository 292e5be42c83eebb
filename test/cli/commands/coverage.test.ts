import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Folder } from '../../support/folder.ts'
import { initProject } from '../support/project.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'
import { openTenant, type Tenant } from '../support/tenant.ts'

const FLOW = 'scenarios/flows/welcome.flow.yaml'

interface Shares {
  readonly branches: { readonly total: number; readonly covered: number; readonly passed: number; readonly ambiguous: number }
}

interface Report {
  readonly totals: Shares
  readonly notes: readonly string[]
  readonly unmeasured: readonly { readonly flowId: string; readonly why: string }[]
  readonly flows: readonly { readonly version: string; readonly current: boolean; readonly runs: number; readonly file?: string }[]
}

describe('coverage of a run', () => {
  let folder: Folder
  let tenant: Tenant | undefined
  beforeEach(() => {
    folder = initProject()
  })
  afterEach(async () => {
    await tenant?.server.close()
    tenant = undefined
    folder.remove()
  })
  const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path, env: tenant?.env ?? {} })
  const report = (output = 'reports'): Report => JSON.parse(readFileSync(folder.at(`${output}/coverage/coverage.json`), 'utf8'))
  const change = (from: string, to: string): void => writeFileSync(folder.at(FLOW), readFileSync(folder.at(FLOW), 'utf8').replace(from, to))

  it('tells what calls went through, and how to reach the rest', async () => {
    const { code, stdout } = await run('run', '--coverage')
    expect(code, stdout).to.equal(0)
    expect(report().totals.branches).to.deep.equal({ total: 9, covered: 8, passed: 8, ambiguous: 0, percent: (100 * 8) / 9 })
    expect(stdout).to.include(
      'Not covered in welcome: 1 branch  scenarios/flows/welcome.flow.yaml\n  :17  node_menu  "noMatch"  dtmf "333"',
    )
    expect(readFileSync(folder.at('reports/coverage/lcov.info'), 'utf8')).to.include(`SF:${FLOW}\n`)
    expect(readFileSync(folder.at('reports/coverage/cobertura.xml'), 'utf8')).to.include(`filename="${FLOW}"`)
  })

  it('counts nothing, and asks for nothing, where nobody wants it', async () => {
    await run('run')
    expect(existsSync(folder.at('reports/coverage'))).to.equal(false)
    expect(readFileSync(folder.at('reports/journal.jsonl'), 'utf8')).to.not.include('flow-seen')
  })

  it('is red where less is covered than is asked for', async () => {
    const low = await run('run', '--min-coverage', 'branches=90,nodes=100')
    expect(low.code).to.equal(1)
    expect(low.stdout).to.include('✗ coverage of branches is 88.8 % (8 of 9) instead of 90 %: 1 more has to be covered')
    const enough = await run('run', '--min-coverage', 'branches=88', '--min-coverage', 'nodes=100')
    expect(enough.code, enough.stdout).to.equal(0)
    expect(enough.stdout).to.include('✓ coverage is as asked for: branches 88 %, nodes 100 %')
    const silent = await run('run', '--min-coverage', 'branches=90', '--reporter', 'json')
    expect({ code: silent.code, stdout: silent.stdout }).to.deep.equal({ code: 1, stdout: '' })
    expect(silent.stderr).to.include('8 of 9')
  })

  it('refuses a share that makes no sense, before anything runs', async () => {
    const { code, stderr } = await run('run', '--min-coverage', 'branchs=90,nodes=101,=')
    expect(code).to.equal(2)
    expect(stderr.match(/the flag --min-coverage says/g)).to.have.length(3)
    expect(existsSync(folder.at('reports/journal.jsonl'))).to.equal(false)
    expect((await run('report', '--min-coverage', 'x', 'reports')).code).to.equal(2)
  })

  it('is computed from journals alone, across shards', async () => {
    for (const index of [1, 2]) await run('run', '--coverage', '--shard', `${index}/2`, '--output', `shard-${index}`)
    change('"1": node_sales', '"1": node_support')
    const journals = ['shard-1/journal.jsonl', 'shard-2/journal.jsonl']
    const { code, stdout } = await run('coverage', ...journals, '--min-coverage', 'branches=88')
    expect(code, stdout).to.equal(0)
    expect(report().totals.branches).to.deep.include({ total: 9, covered: 8 })
    expect(report().flows).to.have.length(1)
    expect(report().notes).to.deep.equal([])
    const merged = await run('report', '--merge', ...journals, '--min-coverage', 'branches=100', '--output', 'merged')
    expect(merged.code).to.equal(1)
    expect(report('merged').totals).to.deep.equal(report().totals)
  })

  it('never adds up different versions of a flow', async () => {
    await run('run', '--coverage', '--output', 'nights/1')
    change('version: "1"', 'version: "2"')
    await run('run', 'scenarios/welcome.cxspec.yaml:16', '--coverage', '--output', 'nights/2')
    const { stdout } = await run('coverage', 'nights')
    expect(report().flows.map(({ version, current, runs }) => ({ version, current, runs }))).to.deep.equal([
      { version: '2', current: true, runs: 1 },
      { version: '1', current: false, runs: 1 },
    ])
    expect(report().totals.branches).to.deep.include({ total: 9, covered: 4 })
    expect(stdout).to.include('flow "welcome" changed between calls')
  })

  it('takes the files as they are now for a run that did not keep its flows, and says so', async () => {
    await run('run')
    const { code, stdout } = await run('coverage', 'reports/journal.jsonl')
    expect(code).to.equal(0)
    expect(report().totals.branches).to.deep.include({ total: 9, covered: 8 })
    expect(stdout).to.include('! the run does not tell the definition of flow "welcome": it was taken from the file as it is now')
  })

  it('shows no secret, and concludes nothing from where one stood', async () => {
    const secret = '48151623'
    writeFileSync(folder.at('cxspec.config.yaml'), `${readFileSync(folder.at('cxspec.config.yaml'), 'utf8')}secrets: [{ env: PIN }]\n`)
    change('nodes:', `variables: { pin: ${secret} }\nnodes:`)
    change('"1": node_sales', '"1": node_check')
    change(
      '- { id: node_exit',
      '- { id: node_check, type: Condition, if: { variable: pin, equals: "***" }, branches: { then: node_sales, else: node_sales } }\n  - { id: node_exit',
    )
    const { code, stdout } = await runCli(['run', '--coverage'], { cwd: folder.path, env: { PIN: secret } })
    expect(code, stdout).to.equal(0)
    expect(report().totals.branches).to.deep.include({ total: 11, ambiguous: 2 })
    const files = ['journal.jsonl', 'coverage/coverage.json', 'coverage/lcov.info', 'coverage/cobertura.xml']
    for (const file of files) expect(readFileSync(folder.at(`reports/${file}`), 'utf8'), file).to.not.include(secret)
    expect(stdout).to.not.include(secret)
  })

  it('refuses what is no journal', async () => {
    expect((await run('coverage', 'nowhere')).code).to.equal(2)
  })

  describe('against a target that is not ours', () => {
    it('asks for each definition once, and keeps its version with the traces', async () => {
      tenant = await openTenant(folder.path)
      const { code, stdout } = await run('run', '--coverage')
      expect(code, stdout).to.equal(0)
      expect(tenant.emulator.history.requests('flow-read')).to.have.length(1)
      expect(report().totals.branches).to.deep.include({ total: 9, covered: 8, ambiguous: 0 })
      expect(report().flows[0]).to.deep.include({ version: '1', file: FLOW })
      expect(readFileSync(folder.at('reports/journal.jsonl'), 'utf8')).to.include('"flowVersion":"1"')
    })

    it('writes the definition beside the report where no file here holds the same', async () => {
      tenant = await openTenant(folder.path)
      change('"1": node_sales', '"1": node_goodbye')
      await run('run', '--coverage')
      expect(report().flows[0]?.file).to.equal(undefined)
      const lcov = readFileSync(folder.at('reports/coverage/lcov.info'), 'utf8')
      expect(lcov).to.include('SF:reports/coverage/flows/welcome.flow.json\n')
      expect(JSON.parse(readFileSync(folder.at('reports/coverage/flows/welcome.flow.json'), 'utf8'))).to.deep.include({ flowId: 'welcome' })
    })

    it('says why nothing is known of a flow that may not be read, which spoils no scenario and meets no minimum', async () => {
      tenant = await openTenant(folder.path, [{ api: 'flow-read', answer: { status: 403 } }])
      const { code, stdout } = await run('run', '--coverage')
      expect(code, stdout).to.equal(0)
      expect(report().unmeasured[0]?.flowId).to.equal('welcome')
      expect(stdout).to.match(/! nothing can be said of flow "welcome": .*403/)
      const gated = await run('coverage', 'reports/journal.jsonl', '--min-coverage', 'nodes=1')
      expect(gated.code).to.equal(1)
      expect(gated.stdout).to.include('✗ no call was seen')
    })
  })
})
