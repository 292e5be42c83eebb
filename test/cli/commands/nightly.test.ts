import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import type { Folder } from '../../support/folder.ts'
import { initProject } from '../support/project.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'

describe('cxspec run, for nights', () => {
  let folder: Folder
  beforeEach(() => {
    folder = initProject()
  })
  afterEach(() => folder.remove())
  const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path })

  interface Results {
    readonly run: { readonly shuffled?: true; readonly shard?: { readonly index: number } }
    readonly totals: { readonly scenarios: number; readonly passed: number }
    readonly suites: readonly { readonly scenarios: readonly { readonly id: string; readonly startedAtMs: number }[] }[]
  }

  function results(): Results {
    return JSON.parse(readFileSync(folder.at('reports/results.json'), 'utf8'))
  }

  function ids(): string[] {
    return results().suites.flatMap(({ scenarios }) => scenarios.map(({ id }) => id))
  }

  /** Key 1 leads to support from now on. */
  function breakFlow(): void {
    const path = folder.at('scenarios/flows/welcome.flow.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"1": node_sales', '"1": node_support'))
  }

  async function shard(index: number, count: number): Promise<string> {
    const { code, stdout, stderr } = await run('run', '--shard', `${index}/${count}`, '--output', `shard-${index}`)
    expect(code, stdout + stderr).to.equal(0)
    return `shard-${index}/journal.jsonl`
  }

  it('deals scenarios to shards, whose journals make the whole result', async () => {
    const journals = [await shard(1, 3), await shard(2, 3), await shard(3, 3)]
    const { code, stdout } = await run('report', '--merge', ...journals, '--reporter', 'json', '--reporter', 'screen')
    expect(code, stdout).to.equal(0)
    expect(stdout).to.contain('All 4 scenarios passed.')
    const merged = ids()
    await run('run')
    expect(ids()).to.deep.equal(merged)
  })

  it('says which shard it is', async () => {
    expect((await run('run', '--shard', '1/3')).stdout).to.match(/^cxspec .* shard 1\/3 of 4 scenarios$/m)
    expect(results().run.shard?.index).to.equal(1)
  })

  it('is green on a machine for which nothing is left', async () => {
    const { code } = await run('run', '--shard', '9/9')
    expect(code).to.equal(0)
  })

  it('takes a missing shard for an error when merging', async () => {
    const { code, stderr } = await run('report', '--merge', await shard(1, 2))
    expect(code).to.equal(2)
    expect(stderr).to.contain('shard 2/2 is missing: nobody knows what came of its scenarios')
  })

  it('deals by the durations of earlier journals', async () => {
    await run('run')
    copyFileSync(folder.at('reports/journal.jsonl'), folder.at('night.jsonl'))
    const listed = await Promise.all([1, 2].map((index) => run('list', '--shard', `${index}/2`, '--durations', 'night.jsonl', '--json')))
    const dealt = listed.flatMap(({ stdout }) => (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id))
    expect(dealt.sort()).to.deep.equal(ids().sort())
  })

  it('runs again what did not pass', async () => {
    breakFlow()
    expect((await run('run')).code).to.equal(1)
    expect((await run('run', '--last-failed')).code).to.equal(1)
    expect(ids()).to.deep.equal(['scenarios/welcome.cxspec.yaml#every key reaches its own queue [key=1, queue=queue_sales]'])
  })

  it('says that there was no run before', async () => {
    const { code, stderr } = await run('run', '--last-failed')
    expect(code).to.equal(2)
    expect(stderr).to.contain('there is no journal of a run in "reports/journal.jsonl"')
  })

  it('repeats scenarios, each time as a case of its own', async () => {
    expect((await run('run', '--repeat', '3', '--grep', 'the flow compiles')).code).to.equal(0)
    expect(ids()).to.deep.equal([1, 2, 3].map((index) => `scenarios/welcome.cxspec.yaml#the flow compiles (${index} of 3)`))
  })

  it('shuffles by the seed, which it shows', async () => {
    const orders = new Set<string>()
    for (const seed of ['1', '2', '3', '4', '1']) {
      const { stdout } = await run('run', '--shuffle', '--seed', seed, '-j', '1')
      expect(stdout).to.match(new RegExp(`^cxspec .* seed ${seed} \\(shuffled\\)`, 'm'))
      const scenarios = results().suites.flatMap((suite) => suite.scenarios)
      const order = scenarios.toSorted((one, other) => one.startedAtMs - other.startedAtMs).map(({ id }) => id)
      orders.add(`${seed}: ${order.join()}`)
    }
    expect(orders.size, 'the same seed gives the same order').to.equal(4)
    expect(new Set([...orders].map((order) => order.slice(3))).size, 'other seeds give other orders').to.be.greaterThan(1)
  })

  it('refuses flags that make no sense', async () => {
    const { code, stderr } = await run('run', '--shard', '5/4', '--repeat', '0')
    expect(code).to.equal(2)
    expect(stderr).to.contain('the flag --shard says "5/4"').and.to.contain('the flag --repeat says "0"')
    expect((await run('run', '--durations', 'x')).stderr).to.contain('there is no --shard')
    expect((await run('report', 'a.jsonl', 'b.jsonl')).stderr).to.contain('add --merge')
  })
})
