import { expect } from 'chai'
import { initFiles } from '../../../src/cli/init-files.ts'
import type { Folder } from '../../support/folder.ts'
import { initProject } from '../support/project.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'

const FLOW = 'scenarios/flows/welcome.flow.yaml'
const flow = initFiles.find(({ path }) => path === FLOW)?.text ?? ''

interface AffectedRow {
  readonly name: string
  readonly effect: string
  readonly verdict: { readonly before: string; readonly after: string }
}

describe('cxspec impact', () => {
  let folder: Folder
  beforeEach(() => {
    folder = initProject({ 'old/welcome.flow.yaml': flow })
  })
  afterEach(() => folder.remove())

  const run = (...args: readonly string[]): Promise<CliResult> => runCli(args, { cwd: folder.path })
  const change = (from: string, to: string): void => folder.write(FLOW, flow.replace(from, to))
  const affected = async (...more: readonly string[]): Promise<readonly AffectedRow[]> => {
    const { stdout } = await run('impact', 'old', 'scenarios/flows', '--json', ...more)
    return JSON.parse(stdout).affected
  }

  it('says so where nothing differs', async () => {
    const { code, stdout } = await run('impact', 'old', 'scenarios/flows')
    expect(stdout).to.equal('the flows are the same\n\n0 of 4 scenarios are affected\n')
    expect(code).to.equal(0)
  })

  it('tells a result that changes on the same way, and which verdict changes with it', async () => {
    change('queue: queue_sales', 'queue: queue_vip')
    expect((await affected()).map(({ effect, verdict }) => ({ effect, verdict }))).to.deep.equal([
      { effect: 'changed', verdict: { before: 'passed', after: 'failed' } },
      { effect: 'names', verdict: { before: 'open', after: 'open' } },
    ])
  })

  it('lists a scenario that passes through what changed although nothing comes of it', async () => {
    change('prompt: Goodbye.', 'prompt: Good night.')
    expect((await affected()).map(({ effect }) => effect)).to.deep.equal(['passes', 'names'])
  })

  it('compares two files, and a file with a flow of the configuration', async () => {
    change('"1": node_sales', '"1": node_support')
    for (const now of [FLOW, 'welcome']) {
      const { stdout } = await run('impact', 'old/welcome.flow.yaml', now)
      expect(stdout).to.include('> branch node_menu "1" → node_support, not node_sales')
      expect(stdout).to.include('2 of 4 scenarios are affected')
    }
  })

  it('tells flows that are new or gone', async () => {
    folder.write('scenarios/flows/other.flow.yaml', flow.replace('flowId: welcome', 'flowId: other'))
    expect((await run('impact', 'old', 'scenarios/flows')).stdout).to.include('other (version 1): added')
    expect((await run('impact', 'scenarios/flows', 'old')).stdout).to.include('other (version 1): removed')
  })

  it('takes what calls did before from a journal', async () => {
    change('queue: queue_support', 'queue: queue_help')
    await run('run', '--flows', 'old')
    change('queue: queue_sales', 'queue: queue_vip')
    const before = await affected('--journal', 'reports')
    expect(before.map(({ name, effect }) => ({ name, effect }))).to.deep.equal([
      { name: 'every key reaches its own queue [key=1, queue=queue_sales]', effect: 'changed' },
      { name: 'the flow compiles', effect: 'names' },
    ])
  })

  it('selects what a change affects, narrowed by other flags', async () => {
    change('"1": node_sales', '"1": node_support')
    expect((await run('list', '--only-affected', 'old')).stdout).to.include('2 scenarios in 1 file')
    expect((await run('list', '--only-affected', 'old', '--grep', 'key')).stdout).to.include('1 scenario in 1 file')
    const { code, stdout } = await run('run', '--only-affected', 'old', '--grep', 'key')
    expect(code).to.equal(1)
    expect(stdout).to.include('1 failed')
  })

  it('selects nothing where nothing changed', async () => {
    expect((await run('run', '--only-affected', 'old')).code).to.equal(4)
    expect((await run('run', '--only-affected', 'old', '--pass-with-no-tests')).code).to.equal(0)
  })

  it('refuses what is not there, and pictures that nobody draws', async () => {
    expect((await run('impact', 'nosuch', 'scenarios/flows')).code).to.equal(2)
    expect((await run('run', '--only-affected', 'nosuch')).code).to.equal(2)
    const { code, stderr } = await run('impact', 'old', 'scenarios/flows', '--picture', 'svg')
    expect(code).to.equal(2)
    expect(stderr).to.include('dot or mermaid')
  })
})
