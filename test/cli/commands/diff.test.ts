import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Folder } from '../../support/folder.ts'
import { initProject } from '../support/project.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'

describe('cxspec diff and cxspec history', () => {
  let folder: Folder
  beforeEach(() => {
    folder = initProject()
    mkdirSync(folder.at('nights'))
  })
  afterEach(() => folder.remove())
  const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path })

  /** Runs everything and keeps the journal. */
  async function night(name: string): Promise<void> {
    await run('run', '--reporter', 'json')
    copyFileSync(folder.at('reports/journal.jsonl'), folder.at(`nights/${name}.jsonl`))
  }

  /** Key 1 leads to support from now on. */
  function breakFlow(): void {
    const path = folder.at('scenarios/flows/welcome.flow.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"1": node_sales', '"1": node_support'))
  }

  it('tells what newly fails and which way it goes', async () => {
    await night('1')
    breakFlow()
    await night('2')
    const { code, stdout } = await run('diff', 'nights/1.jsonl', 'nights/2.jsonl')
    expect(code).to.equal(0)
    expect(stdout).to.match(/^Newly failing: 1\n {2}✗ Welcome menu › every key reaches its own queue \[key=1, queue=queue_sales\]/m)
    expect(stdout).to.match(/^Goes another way: 1\n/m)
    expect(stdout).to.match(/^ {6}after .*node_support/m)
  })

  it('exits 1 on what is new with --fail-on new, and 0 on what was there before', async () => {
    await night('1')
    breakFlow()
    await night('2')
    expect((await run('diff', 'nights/1.jsonl', 'nights/2.jsonl', '--fail-on', 'new')).code).to.equal(1)
    expect((await run('diff', 'nights/2.jsonl', 'nights/2.jsonl', '--fail-on', 'new')).code).to.equal(0)
  })

  it('writes JSON', async () => {
    await night('1')
    breakFlow()
    await night('2')
    const { stdout } = await run('diff', 'nights/2.jsonl', 'nights/1.jsonl', '--json')
    expect(JSON.parse(stdout).fixed).to.have.length(1)
  })

  it('shows the trend over a folder of journals', async () => {
    await night('1')
    breakFlow()
    await night('2')
    const { code, stdout } = await run('history', 'nights')
    expect(code).to.equal(0)
    expect(stdout).to.match(/100\.0% .*nights\/1\.jsonl\n.* 75\.0% .*nights\/2\.jsonl/)
    expect(stdout).to.contain('1 scenario not steady')
    expect(JSON.parse((await run('history', 'nights', '--json')).stdout).runs).to.have.length(2)
  })

  it('says where there is no journal, and what --fail-on takes', async () => {
    const empty = await run('history', 'nights')
    expect(empty).to.deep.include({ code: 2 })
    expect(empty.stderr).to.contain('there is no journal of a run in "nights"')
    expect((await run('diff', 'nope.jsonl', 'nights')).code).to.equal(2)
    const wrong = await run('diff', 'a', 'b', '--fail-on', 'old')
    expect(wrong.stderr).to.contain('the flag --fail-on says "old"\n  expected: new')
  })
})
