import { expect } from 'chai'
import { Parser, type Result } from 'tap-parser'
import type { RunEvent } from '../../../src/model/event.ts'
import type { Outcome } from '../../../src/model/outcome.ts'
import { printable } from '../../../src/model/printable.ts'
import { naughtyStrings } from '../support/naughty-strings.ts'
import { renderFile } from '../support/render.ts'
import { failed, passed, planned, runFinished, runStarted, turn } from '../support/run-script.ts'
import { sampleRun } from '../support/sample-run.ts'

const file = 'scenarios/menu.cxspec.yaml'

interface Document {
  readonly ok: boolean
  readonly points: readonly Result[]
  readonly bailedOut: string | boolean
  /** Lines that a reader does not understand. */
  readonly strange: readonly string[]
}

/** As the parser of node-tap reads it, which reports every line that is no TAP. */
function read(text: string): Promise<Document> {
  return new Promise((resolve) => {
    const points: Result[] = []
    const strange: string[] = []
    const parser = new Parser((results) => resolve({ ok: results.ok, points, bailedOut: results.bailout, strange }))
    parser.on('assert', (point) => points.push(point))
    parser.on('extra', (line) => strange.push(line))
    parser.end(text)
  })
}

async function tap(events: readonly RunEvent[]): Promise<Document> {
  return read(await renderFile('tap', events))
}

function ended(outcome: Outcome): RunEvent[] {
  return [runStarted, planned(file, 'Menu', ['one']), ...turn(`${file}#one`, { outcome, atMs: 5 }), runFinished(1, 99)]
}

describe('tap', () => {
  it('is read without a strange line, one point for each file that is refused and each scenario', async () => {
    const { points, strange, ok } = await tap(sampleRun)
    expect(strange).to.deep.equal([])
    expect(ok).to.equal(false)
    expect(points.map((point) => `${point.ok ? 'ok' : 'not ok'} ${point.id} ${point.name}`)).to.deep.equal([
      'not ok 1 scenarios/hours.cxspec.yaml can be used',
      'ok 2 Main menu > key 1 reaches the sales queue',
      'not ok 3 Main menu > every key reaches its own queue [key=2, queue=queue_support]',
      'ok 4 PIN entry > a wrong PIN is asked for again',
      'ok 5 PIN entry > a caller without a PIN reaches an agent',
      'not ok 6 Release > the main menu compiles',
      'not ok 7 Release > the PIN flow compiles',
      'not ok 8 Release > the hours flow compiles',
    ])
    expect(points[4]?.skip).to.equal('waits for the new agent queue')
    expect(points[2]?.diag).to.deep.include({ status: 'failed', at: { file: 'scenarios/main-menu.cxspec.yaml', line: 9 } })
    expect(points[2]?.time).to.equal(21)
    expect(points[2]?.diag.story).to.contain('15 |       path: [node_start, node_menu_1, node_route_support, node_exit]')
  })

  it('is ok where all is well', async () => {
    expect((await tap(ended(passed))).ok).to.equal(true)
  })

  it('skips what is inconclusive, and says why', async () => {
    const { points } = await tap(
      ended({ status: 'inconclusive', findings: [{ code: 'FEW', message: 'too few # calls', inconclusive: true }] }),
    )
    expect(points[0]).to.deep.include({ ok: true, skip: 'inconclusive: too few # calls' })
  })

  it('is not ok for a scenario that was cut off, and skips one that was stopped', async () => {
    expect((await tap(ended({ status: 'not-run', cause: 'interrupted', reason: 'SIGTERM' }))).ok).to.equal(false)
    expect((await tap(ended({ status: 'not-run', cause: 'stopped', reason: 'bail' }))).points[0]?.skip).to.equal('not run: bail')
  })

  it('bails out where the run was interrupted or died', async () => {
    expect((await tap([runStarted, runFinished(143, 9, { interruption: 'SIGTERM came\nin' })])).bailedOut).to.equal('SIGTERM came in')
    expect((await tap([runStarted])).bailedOut).to.match(/died/)
  })

  it('is well-formed whatever stands in names and messages', async () => {
    for (const text of naughtyStrings.filter((each) => each.trim() !== '')) {
      const name = text.slice(0, 900)
      const finding = { code: 'X', message: text, details: [text, '  ...', '---'], expected: text }
      const { points, strange } = await tap([
        runStarted,
        planned(file, 'Menu', [name]),
        ...turn(`${file}#${name}`, { outcome: failed(finding), atMs: 5 }),
        runFinished(1, 99),
      ])
      expect(strange, JSON.stringify(text.slice(0, 100))).to.deep.equal([])
      expect(points).to.have.length(1)
      expect(points[0]?.diag.message).to.equal(printable(text))
    }
  })
})
