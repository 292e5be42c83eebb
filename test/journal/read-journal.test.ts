import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { readJournal } from '../../src/journal/read-journal.ts'
import { FaultError } from '../../src/model/fault.ts'
import { collect, linesOf, story, temporaryFolder, writeJournal } from './journal-fixture.ts'

async function faultOf(path: string): Promise<FaultError> {
  try {
    await collect(readJournal(path))
  } catch (error) {
    if (error instanceof FaultError) return error
    throw error
  }
  return expect.fail('it was read')
}

describe('readJournal', () => {
  const path = join(temporaryFolder(), 'journal.jsonl')

  it('yields the events as they were written', async () => {
    writeJournal(path, story)
    const read = await collect(readJournal(path))
    expect(read).to.deep.equal(story)
  })

  it('yields whatever text was in them', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(texts, async (all) => {
        const events = all.map((scenario, atMs) => ({ type: 'scenario-started' as const, atMs, scenario }))
        writeJournal(path, events)
        expect(await collect(readJournal(path))).to.deep.equal(events)
      }),
      { numRuns: 50 },
    )
  })

  it('yields lines longer than what is read at once', async () => {
    const events = [100, 300_000, 10, 600_000].map((length, atMs) => ({
      type: 'scenario-started' as const,
      atMs,
      scenario: 'ü'.repeat(length),
    }))
    writeJournal(path, events)
    expect(await collect(readJournal(path))).to.deep.equal(events)
  })

  it('reads what is left of a journal that ends anywhere, and tells of a torn last line', async () => {
    writeJournal(path, story)
    const whole = readFileSync(path)
    for (let length = 0; length <= whole.length; length += 37) {
      writeFileSync(path, whole.subarray(0, length))
      const torn: number[] = []
      const events = await collect(readJournal(path, { onTorn: (line) => torn.push(line) }))
      expect(events).to.deep.equal(story.slice(0, events.length))
      const cutAt = whole.subarray(0, length).lastIndexOf('\n') + 1
      const isWhole = cutAt === length || whole[length] === 10
      expect(torn).to.deep.equal(isWhole ? [] : [events.length + 1])
    }
  })

  it('takes a last line that lacks only its line end', async () => {
    writeJournal(path, story)
    truncateSync(path, readFileSync(path).length - 1)
    expect(await collect(readJournal(path))).to.deep.equal(story)
  })

  it('refuses a line that is no line of a journal, with its number', async () => {
    writeJournal(path, story)
    appendFileSync(path, 'what is this\n')
    const { faults } = await faultOf(path)
    expect(faults[0]).to.deep.include({ code: 'BAD_JOURNAL_LINE', message: 'line 15 of the journal is not a line of a journal' })
    expect(faults[0]?.place).to.include({ file: path, line: 15 })
  })

  const tail = ',"time":"2026-01-02T03:04:05.000Z","seq":1,"hash":"'.concat('0'.repeat(64), '"}\n')
  const bad: Readonly<Record<string, string>> = {
    '{"atMs":1': 'has no "type"',
    '{"type":"dance","atMs":1': 'has the type "dance", which this version of cxspec does not know',
    '{"type":"__proto__","atMs":1': 'has the type "__proto__", which this version of cxspec does not know',
    '{"type":"scenario-started","scenario":"a"': 'is of the type "scenario-started" and needs a number as "atMs"',
    '{"type":"scenario-started","atMs":1,"scenario":5': 'has something else than expected under "scenario"',
    '{"type":"step-finished","atMs":1,"scenario":"a","try":1,"step":0,"kind":"simulate","durationMs":1,"evidence":[{"claim":"x","verdict":"maybe","method":"y","n":1}]':
      'has something else than expected under "evidence"',
    '{"type":"scenario-finished","atMs":1,"scenario":"a","tries":1,"durationMs":1,"outcome":{"status":"great"}': 'under "outcome"',
    '{"type":"file-refused","atMs":1,"file":"a","faults":[{"code":"X"}]': 'under "faults"',
    '{"type":"run-finished","atMs":1,"exitCode":"0"': 'under "exitCode"',
  }
  for (const [line, complaint] of Object.entries(bad)) {
    it(`refuses ${line}…`, async () => {
      writeFileSync(path, line + tail)
      expect((await faultOf(path)).message).to.contain(complaint)
    })
  }

  it('refuses a file that is not there, with advice', async () => {
    const { faults } = await faultOf(join(path, '..', 'nothing.jsonl'))
    expect(faults[0]).to.include({ code: 'UNREADABLE_JOURNAL' })
    expect(faults[0]?.advice).to.contain('reports/journal.jsonl')
  })

  it('changes no prototype, whatever stands in the journal', async () => {
    writeFileSync(path, `{"type":"run-finished","atMs":1,"exitCode":0,"__proto__":{"polluted":true}${tail}`)
    await collect(readJournal(path))
    expect(Object.prototype).not.to.have.property('polluted')
  })

  it('yields as it reads, and closes the file when its reader has enough', async () => {
    writeJournal(path, story)
    for await (const event of readJournal(path)) {
      expect(event).to.deep.equal(story[0])
      break
    }
    expect(linesOf(path)).to.have.length(story.length)
  })
})
