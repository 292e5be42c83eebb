import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { verifyJournal } from '../../../src/journal/verify-journal.ts'
import type { RunEvent } from '../../../src/model/event.ts'
import type { Folder } from '../../support/folder.ts'
import { eventsIn } from '../../support/invariants/run-traces.ts'
import { initProject } from '../support/project.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'

const suite = (name: string): string => `suite: ${name}
flow: welcome
scenarios:
  - name: key 1
    debug: { dtmf: "1" }
    expect: { routedTo: queue_sales }
  - name: left out
    skip: not now
    debug: { dtmf: "1" }
  - name: wrong
    debug: { dtmf: "2" }
    expect: { routedTo: queue_sales }
`

describe('cxspec run --resume', () => {
  let folder: Folder
  let whole: string
  before(async () => {
    folder = initProject({
      'scenarios/a.cxspec.yaml': suite('A'),
      'scenarios/b.cxspec.yaml': suite('B'),
      'scenarios/c.cxspec.yaml': suite('C'),
    })
    await run('run', 'scenarios/a.cxspec.yaml', 'scenarios/b.cxspec.yaml', 'scenarios/c.cxspec.yaml', '--seed', '7')
    whole = readFileSync(folder.at('reports/journal.jsonl'), 'utf8')
  })
  after(() => folder.remove())
  const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path })
  const resume = (...args: string[]): Promise<CliResult> =>
    run('run', 'scenarios/a.cxspec.yaml', 'scenarios/b.cxspec.yaml', 'scenarios/c.cxspec.yaml', '--resume', 'killed.jsonl', ...args)

  /** What a report tells of the outcomes, in order. */
  function outcomes(): unknown {
    const results = JSON.parse(readFileSync(folder.at('reports/results.json'), 'utf8'))
    const scenarios = results.suites.flatMap((each: { scenarios: { id: string; outcome: object }[] }) => each.scenarios)
    return [
      results.totals.scenarios,
      results.run.exitCode,
      results.run.seed,
      scenarios.map(({ id, outcome }: { id: string; outcome: object }) => [id, outcome]),
    ]
  }

  it('ends in the report of a run that was not interrupted, wherever the process died', async () => {
    await run('report', 'reports/journal.jsonl', '--reporter', 'json')
    const expected = outcomes()
    const firstLine = whole.indexOf('\n') + 1
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: firstLine, max: whole.length }), async (length) => {
        writeFileSync(folder.at('killed.jsonl'), whole.slice(0, length))
        const { code, stderr } = await resume('--reporter', 'json')
        expect(code, stderr).to.equal(1)
        expect(outcomes()).to.deep.equal(expected)
        expect(verifyJournal(folder.at('reports/journal.jsonl')).isIntact).to.equal(true)
      }),
      { numRuns: 12 },
    )
  })

  it('runs nothing again that was finished', async () => {
    const lines = whole.split('\n')
    const half = lines.findIndex((line) => line.includes('"scenario-finished"') && line.includes('b.cxspec.yaml#key 1')) + 1
    writeFileSync(folder.at('killed.jsonl'), `${lines.slice(0, half).join('\n')}\n`)
    await resume()
    const events = eventsIn(readFileSync(folder.at('reports/journal.jsonl'), 'utf8'))
    const answers = (all: readonly RunEvent[]) =>
      all.flatMap((event) =>
        event.type === 'request-answered' && event.scenario.endsWith('b.cxspec.yaml#key 1') ? [event.correlationId] : [],
      )
    expect(answers(events)).to.deep.equal(answers(eventsIn(whole)))
    const [first] = eventsIn(whole)
    expect(events[0]).to.have.property('resumes', first?.type === 'run-started' ? first.runId : '')
    const ended = events.flatMap((event) => (event.type === 'scenario-finished' ? [event.scenario] : []))
    expect(new Set(ended).size).to.equal(ended.length)
  })

  it('can be interrupted and resumed again', async () => {
    writeFileSync(folder.at('killed.jsonl'), whole.slice(0, Math.floor(whole.length / 4)))
    await resume()
    const second = readFileSync(folder.at('reports/journal.jsonl'), 'utf8')
    writeFileSync(folder.at('killed.jsonl'), second.slice(0, Math.floor(second.length / 2)))
    expect((await resume('--reporter', 'json')).code).to.equal(1)
    expect((outcomes() as unknown[])[0]).to.equal(9)
  })

  it('refuses another selection, another target, and a journal that was changed', async () => {
    writeFileSync(folder.at('killed.jsonl'), whole)
    const other = await run('run', 'scenarios/a.cxspec.yaml', '--resume', 'killed.jsonl')
    expect(other.code).to.equal(2)
    expect(other.stderr).to.contain('killed.jsonl has planned scenarios that this command does not select: scenarios/b.cxspec.yaml#key 1')
    writeFileSync(folder.at('killed.jsonl'), whole.replaceAll('http://emulator.internal', 'http://elsewhere.test'))
    expect((await resume()).stderr).to.contain('tampered')
  })
})
