import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readDurations } from '../../src/journal/read-durations.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Outcome } from '../../src/model/outcome.ts'
import { temporaryFolder, writeJournal } from './journal-fixture.ts'

function finished(scenario: string, tries: number, durationMs: number, outcome: Outcome = { status: 'passed' }): RunEvent {
  return { type: 'scenario-finished', atMs: 1, scenario, tries, durationMs, outcome }
}

describe('readDurations', () => {
  const path = join(temporaryFolder(), 'journal.jsonl')

  it('knows how long scenarios took that came to a verdict', () => {
    writeJournal(path, [
      finished('a', 1, 12.5),
      { type: 'scenario-started', atMs: 2, scenario: 'b' },
      finished('b', 2, 700, { status: 'failed', findings: [] }),
      finished('skipped', 0, 0, { status: 'skipped', reason: 'later' }),
      finished('cut', 1, 3, { status: 'not-run', cause: 'interrupted', reason: 'SIGINT' }),
    ])
    expect([...readDurations(path)]).to.deep.equal([
      ['a', 12.5],
      ['b', 700],
    ])
  })

  it('leaves a journal whose end says that no scenario took longer than is worth knowing', () => {
    const end = (longestMs?: number): RunEvent => ({
      type: 'run-finished',
      atMs: 9,
      exitCode: 0,
      ...(longestMs === undefined ? {} : { longestMs }),
    })
    const sizeWith = (last: RunEvent): number => {
      writeJournal(path, [finished('a', 1, 12.5), last])
      return readDurations(path, 20).size
    }
    expect([sizeWith(end(12.5)), sizeWith(end(20.5)), sizeWith(end())]).to.deep.equal([0, 1, 1])
  })

  it('reads a journal that ends in the middle of a run, however long its last line is', () => {
    writeJournal(path, [finished('a', 1, 12.5), { type: 'scenario-started', atMs: 2, scenario: 'b'.repeat(9_000) }])
    expect([...readDurations(path, 20)]).to.deep.equal([['a', 12.5]])
  })

  it('takes what it can from a damaged journal', () => {
    writeJournal(path, [finished('a', 1, 5)])
    appendFileSync(path, '{"type":"scenario-finished","atMs":1,"scenario"')
    expect([...readDurations(path)]).to.deep.equal([['a', 5]])
  })

  it('knows nothing where there was no run', () => {
    expect(readDurations(join(path, '..', 'nothing.jsonl')).size).to.equal(0)
  })
})
