import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { chainHash, GENESIS } from '../../src/journal/journal-line.ts'
import { type JournalVerdict, verifyJournal } from '../../src/journal/verify-journal.ts'
import { linesOf, story, temporaryFolder, writeJournal } from './journal-fixture.ts'

describe('verifyJournal', () => {
  const path = join(temporaryFolder(), 'journal.jsonl')
  let lines: readonly string[] = []

  before(() => {
    writeJournal(path, story)
    lines = linesOf(path)
  })

  function verdictOn(changed: readonly string[]): JournalVerdict {
    writeFileSync(path, changed.map((line) => `${line}\n`).join(''))
    return verifyJournal(path)
  }

  const anyLine = fc.nat({ max: story.length - 1 })

  it('finds a journal intact that is as it was written', () => {
    expect(verdictOn(lines)).to.deep.equal({
      isIntact: true,
      lines: story.length,
      isComplete: true,
      isTorn: false,
      lastHash: /"hash":"([0-9a-f]+)"/.exec(lines.at(-1) ?? '')?.[1],
    })
  })

  it('finds any line that was changed in any character', () => {
    fc.assert(
      fc.property(anyLine, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (index, position, character) => {
        const line = lines[index] ?? ''
        const at = position % line.length
        fc.pre(character !== line.charAt(at) && character !== '\n')
        const changed = line.slice(0, at) + character + line.slice(at + 1)
        const verdict = verdictOn(lines.with(index, changed))
        expect(verdict).to.include({ isIntact: false, line: index + 1 })
        if (!/"seq":\d*$/.test(line.slice(0, at))) expect(verdict).to.include({ tampering: 'changed' })
      }),
      { numRuns: 300 },
    )
  })

  it('finds which lines were removed, except at the end, where the run then ends early', () => {
    fc.assert(
      fc.property(anyLine, fc.integer({ min: 1, max: 4 }), (index, count) => {
        const verdict = verdictOn(lines.toSpliced(index, count))
        if (index + count >= lines.length) expect(verdict).to.include({ isIntact: true, isComplete: false, lines: index })
        else expect(verdict).to.include({ isIntact: false, tampering: 'removed', line: index + 1 })
      }),
    )
  })

  it('finds that the beginning of a run is missing where the chain was written anew without it', () => {
    writeJournal(path, story.slice(1))
    expect(verifyJournal(path)).to.deep.include({ isIntact: false, tampering: 'removed', line: 1 })
  })

  it('takes a first line that is no event for no beginning of a run, though its hash fits', () => {
    const hashed = '{"type":"run-started",,"time":"2026-01-02T03:04:05.000Z","seq":1'
    expect(verdictOn([`${hashed},"hash":"${chainHash(GENESIS, hashed)}"}`])).to.include({ isIntact: false, line: 1 })
  })

  it('tells a last line that was torn off from one that was changed and is whole', () => {
    const torn = lines.at(-1)?.slice(0, -20) ?? ''
    writeFileSync(path, [...lines.slice(0, -1), torn].join('\n'))
    expect(verifyJournal(path)).to.include({ isIntact: true, isTorn: true, isComplete: false })
    expect(verdictOn([...lines.slice(0, -1), torn])).to.include({ isIntact: false, tampering: 'changed', line: lines.length })
  })

  it('finds that two lines changed places', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyLine, { minLength: 2, maxLength: 2 }), ([one = 0, other = 0]) => {
        const verdict = verdictOn(lines.with(one, lines[other] ?? '').with(other, lines[one] ?? ''))
        expect(verdict).to.include({ isIntact: false, tampering: 'reordered', line: Math.min(one, other) + 1 })
      }),
    )
  })

  it('finds a line that was moved', () => {
    fc.assert(
      fc.property(anyLine, anyLine, (from, to) => {
        fc.pre(from !== to)
        const moved = lines.toSpliced(from, 1).toSpliced(to, 0, lines[from] ?? '')
        expect(verdictOn(moved)).to.include({ isIntact: false, tampering: 'reordered', line: Math.min(from, to) + 1 })
      }),
    )
  })

  it('finds a line that was inserted: a copy, a forgery, or nonsense', () => {
    const forged = (lines[5] ?? '').replace('503', '200')
    fc.assert(
      fc.property(fc.nat({ max: story.length }), fc.constantFrom(...lines, forged, 'nonsense', ''), (index, line) => {
        const verdict = verdictOn(lines.toSpliced(index, 0, line))
        expect(verdict).to.include({ isIntact: false })
        const copied = lines.indexOf(line)
        const isCopyBehindItself = copied >= 0 && (index === copied || index === copied + 1)
        expect(verdict).to.include({ tampering: 'inserted', line: isCopyBehindItself ? copied + 2 : index + 1 })
      }),
      { numRuns: 300 },
    )
  })

  it('finds lines of another journal', () => {
    const other = join(path, '..', 'other.jsonl')
    writeJournal(other, [...story.slice(0, 3), ...story.slice(5)])
    expect(verdictOn([...lines.slice(0, 6), ...linesOf(other).slice(6)])).to.include({ isIntact: false, line: 7 })
  })

  it('tells a run that ended early, and a torn last line, from tampering', () => {
    expect(verdictOn(lines.slice(0, 4))).to.include({ isIntact: true, isComplete: false, isTorn: false, lines: 4 })
    expect(verdictOn([])).to.include({ isIntact: true, isComplete: false, lines: 0 })
    verdictOn(lines.slice(0, 4))
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -20))
    expect(verifyJournal(path)).to.include({ isIntact: true, isComplete: false, isTorn: true, lines: 3 })
  })

  it('says which line it was in a sentence', () => {
    const changed = verdictOn(lines.with(3, (lines[3] ?? '').replace('key 1', 'key 2')))
    expect(changed).to.include({ message: 'line 4 is not as it was written' })
    const removed = verdictOn(lines.toSpliced(3, 2))
    expect(removed).to.include({ message: '2 lines are missing before line 4' })
  })

  it('throws where there is no journal', () => {
    expect(() => verifyJournal(join(path, '..', 'nothing.jsonl'))).to.throw(/ENOENT/)
  })
})
