import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { elementsOf, parseXml } from '../../report/support/parse-xml.ts'
import type { Folder } from '../../support/folder.ts'
import { initProject } from '../support/project.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'

const broken = 'scenarios/welcome.cxspec.yaml#every key reaches its own queue'

describe('cxspec run, with failures that are excused', () => {
  let folder: Folder
  beforeEach(() => {
    folder = initProject()
  })
  afterEach(() => folder.remove())
  const run = (...args: string[]): Promise<CliResult> => runCli(['run', '--grep', '/queue|let go/', ...args], { cwd: folder.path })

  /** The branch for a key leads elsewhere from now on. */
  function breakFlow(key: string, from: string, to: string): void {
    const path = folder.at('scenarios/flows/welcome.flow.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace(`"${key}": ${from}`, `"${key}": ${to}`))
  }

  function quarantine(until: string): void {
    writeFileSync(
      folder.at('quarantine.yaml'),
      `quarantine:\n  - { scenario: "${broken}", owner: ivr-team, reason: waits for the queue, until: ${until} }\n`,
    )
  }

  function junit() {
    return parseXml(readFileSync(folder.at('reports/junit.xml'), 'utf8'))
  }

  describe('by a quarantine', () => {
    it('shows the failure and is green', async () => {
      breakFlow('1', 'node_sales', 'node_support')
      expect((await run()).code).to.equal(1)
      quarantine('9999-12-31')
      const { code, stdout } = await run()
      expect(code, stdout).to.equal(0)
      expect(stdout)
        .to.contain('Excused: did not pass, and does not count')
        .and.to.contain('quarantined by ivr-team until 9999-12-31: waits for the queue')
      expect(stdout).to.contain('✓ 2 of 3 scenarios passed, and 1 did not that does not count.')
      expect(stdout).not.to.contain('What did not pass')
    })

    it('is skipped in JUnit, with the whole story', async () => {
      breakFlow('1', 'node_sales', 'node_support')
      quarantine('9999-12-31')
      await run()
      const root = junit()
      expect(root.attributes).to.deep.include({ failures: '0', errors: '0' })
      const [skipped] = elementsOf(root, 'skipped')
      expect(skipped?.attributes['message']).to.match(/^quarantined by ivr-team until 9999-12-31: waits for the queue; .*queue_sales/)
      expect(skipped?.text).to.contain('✗ ')
    })

    it('counts again after its last day, and says so', async () => {
      breakFlow('1', 'node_sales', 'node_support')
      quarantine('2020-01-31')
      const { code, stderr } = await run()
      expect(code).to.equal(1)
      expect(stderr).to.contain(`the quarantine of ${broken} (ivr-team) ended on 2020-01-31: its failures count again`)
    })

    it('leaves a scenario that passes alone', async () => {
      quarantine('9999-12-31')
      const { code, stdout } = await run()
      expect(code).to.equal(0)
      expect(stdout).to.contain('All 3 scenarios passed.')
    })

    it('is refused where it makes no sense', async () => {
      writeFileSync(folder.at('quarantine.yaml'), 'quarantine:\n  - { scenario: a, reason: b, until: soon }\n')
      const { code, stderr } = await run()
      expect(code).to.equal(2)
      expect(stderr)
        .to.match(/^quarantine\.yaml:2:\d+: .*owner/m)
        .and.to.match(/^quarantine\.yaml:2:\d+: .*until/m)
    })
  })

  describe('by a baseline', () => {
    async function keepNight(): Promise<void> {
      await run()
      copyFileSync(folder.at('reports/journal.jsonl'), folder.at('night.jsonl'))
    }

    it('is red only for what is new with --fail-on new', async () => {
      breakFlow('1', 'node_sales', 'node_support')
      await keepNight()
      const known = await run('--baseline', 'night.jsonl', '--fail-on', 'new')
      expect(known.code, known.stdout).to.equal(0)
      expect(known.stdout).to.match(/known: it did not pass in the run of \S+Z either/)
      expect(known.stdout).to.match(/Since the baseline\nbefore {2}night\.jsonl[\s\S]*\nStill failing: 1\n/)
      breakFlow('2', 'node_support', 'node_sales')
      const worse = await run('--baseline', 'night.jsonl', '--fail-on', 'new')
      expect(worse.code).to.equal(1)
      expect(worse.stdout).to.match(/^Newly failing: 1\n/m)
    })

    it('tells what is new and stays red without --fail-on', async () => {
      breakFlow('1', 'node_sales', 'node_support')
      await keepNight()
      expect((await run('--baseline', 'night.jsonl')).code).to.equal(1)
    })

    it('may be the journal of the last run, and does not call gone what was not selected', async () => {
      await keepNight()
      const { code, stdout } = await run('--baseline', 'reports/journal.jsonl', '--tag', 'smoke', 'scenarios/welcome.cxspec.yaml:16')
      expect(code, stdout).to.equal(0)
      expect(stdout).to.contain('Since the baseline').and.not.to.contain('Gone')
    })

    it('is needed for --fail-on new', async () => {
      const { code, stderr } = await run('--fail-on', 'new')
      expect(code).to.equal(2)
      expect(stderr).to.contain('--fail-on new needs to know what there was before')
    })
  })
})
