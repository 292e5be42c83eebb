import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { openJournal, previousJournal } from '../../src/journal/open-journal.ts'
import { readJournal } from '../../src/journal/read-journal.ts'
import { verifyJournal } from '../../src/journal/verify-journal.ts'
import { collect, linesOf, rethrow, story, temporaryFolder, writeJournal } from './journal-fixture.ts'

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: it does not work`), { code })
}

describe('openJournal', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'reports', 'journal.jsonl')

  it('has written each event, as one line of JSON, once it is flushed', () => {
    const journal = openJournal(path, { onFailure: rethrow })
    for (const [index, event] of story.entries()) {
      journal.append(event)
      journal.flush()
      const lines = linesOf(path)
      expect(lines).to.have.length(index + 1)
      expect(JSON.parse(lines.at(-1) ?? '')).to.include({ type: event.type, atMs: event.atMs, seq: index + 1 })
    }
    journal.close()
  })

  it('writes the events of a turn together, when it ends', async () => {
    const journal = openJournal(path, { onFailure: rethrow })
    const [scenarioStarted] = story.slice(3)
    if (!scenarioStarted) throw new Error('the story is too short')
    for (let count = 0; count < 5; count += 1) journal.append(scenarioStarted)
    expect(linesOf(path)).to.have.length(0)
    await new Promise((resolve) => setImmediate(resolve))
    expect(linesOf(path)).to.have.length(5)
    journal.close()
  })

  it('has a job on the disk before its request goes out, and all that went before', () => {
    const journal = openJournal(path, { onFailure: rethrow })
    for (const event of story.slice(0, 5)) journal.append(event)
    expect(linesOf(path).map((line) => JSON.parse(line).type)).to.deep.equal(story.slice(0, 5).map(({ type }) => type))
    for (const event of story.slice(5, 9)) journal.append(event)
    expect(JSON.parse(linesOf(path).at(-1) ?? '')).to.include({ type: 'job-changed', seq: 9 })
    journal.close()
  })

  it('has said how the run ended when append returns', () => {
    const journal = openJournal(path, { onFailure: rethrow })
    for (const event of story) journal.append(event)
    expect(JSON.parse(linesOf(path).at(-1) ?? '')).to.include({ type: 'run-finished' })
    journal.close()
  })

  it('writes what waits when the process ends by an error', () => {
    const program = `
      import { openJournal } from ${JSON.stringify(new URL('../../src/journal/open-journal.ts', import.meta.url).href)}
      const journal = openJournal(process.argv[1], { onFailure: () => undefined })
      journal.append({ type: 'scenario-started', atMs: 0, scenario: 'menu.cxspec.yaml#key 1' })
      throw new Error('a bug')`
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program, path])
    expect(status).to.equal(1)
    expect(linesOf(path)).to.have.length(1)
  })

  it('writes long lines and many lines in their order', () => {
    const scenarios = Array.from({ length: 300 }, (_, index) => `${index}`.padEnd(index === 150 ? 100_000 : 500, '\u20ac'))
    const events = scenarios.map((scenario) => ({ type: 'scenario-started' as const, atMs: 0, scenario }))
    writeJournal(path, [...story.slice(0, 1), ...events])
    const [, ...lines] = linesOf(path)
    expect(lines.map((line) => JSON.parse(line).scenario)).to.deep.equal(scenarios)
    expect(verifyJournal(path)).to.include({ isIntact: true, lines: scenarios.length + 1 })
  })

  it('tells the time of each event, from the start of the run', () => {
    writeJournal(path, story)
    expect(JSON.parse(linesOf(path)[3] ?? '')).to.include({ time: '2026-01-02T03:04:05.003Z' })
  })

  it('chains the lines so that other tools can check them', () => {
    writeJournal(path, story)
    let previous = '0'.repeat(64)
    for (const line of linesOf(path)) {
      const [hashed, hash] = line.split(/,"hash":"([0-9a-f]{64})"\}$/)
      expect(createHash('sha256').update(`${previous}${hashed}`).digest('hex')).to.equal(hash)
      previous = hash ?? ''
    }
  })

  it('knows the hash of its last line', () => {
    const journal = openJournal(path, { onFailure: rethrow })
    for (const event of story) journal.append(event)
    journal.close()
    expect(linesOf(path).at(-1)).to.contain(journal.lastHash)
  })

  it('keeps the journal of the run before, and only that one', async () => {
    writeJournal(path, story.slice(0, 3))
    writeJournal(path, story.slice(0, 2))
    writeJournal(path, story.slice(0, 1))
    expect(await collect(readJournal(path))).to.have.length(1)
    expect(await collect(readJournal(previousJournal(path)))).to.have.length(2)
    expect(previousJournal('journal.jsonl')).to.equal('journal.previous.jsonl')
  })

  it('makes its folder, and throws where that cannot be', () => {
    const blocked = join(folder, 'file')
    writeFileSync(blocked, '')
    expect(() => openJournal(join(blocked, 'journal.jsonl'), { onFailure: rethrow })).to.throw(/ENOTDIR|EEXIST/)
    const isFolder = join(folder, 'folder')
    mkdirSync(isFolder)
    expect(() => openJournal(isFolder, { onFailure: rethrow })).to.throw(/EISDIR/)
  })

  it('has everything on the disk before the intent to start a job returns, and flushes nothing for other requests', () => {
    const intent = { type: 'request-intended', atMs: 1, scenario: 's', try: 1, step: 0, api: 'flow-compile', method: 'POST' } as const
    const flushed: number[] = []
    const journal = openJournal(path, { onFailure: rethrow, sync: () => flushed.push(linesOf(path).length) })
    journal.append({ type: 'scenario-started', atMs: 0, scenario: 's' })
    journal.append({ ...intent, request: 0, path: '/api/v2/flows/debug' })
    expect(flushed).to.deep.equal([])
    journal.append({ ...intent, request: 1, path: '/api/v2/flows/f/compile', startsJob: true })
    expect(flushed).to.deep.equal([3])
    journal.close()
    expect(flushed).to.deep.equal([3, 3])
  })

  it('writes no more once what announces a job cannot be brought to the disk', () => {
    const failures: unknown[] = []
    const sync = (): void => {
      throw Object.assign(new Error('the disk is gone'), { code: 'EIO' })
    }
    const journal = openJournal(path, { onFailure: (error) => failures.push(error), sync })
    const intent = { type: 'request-intended', atMs: 1, scenario: 's', try: 1, step: 0, request: 0, api: 'a', method: 'POST' } as const
    journal.append({ ...intent, path: '/x', startsJob: true })
    journal.append({ type: 'scenario-started', atMs: 2, scenario: 's' })
    journal.close()
    expect(failures.map(String)).to.deep.equal(['Error: the disk is gone'])
    expect(linesOf(path)).to.have.length(1)
  })

  it('writes everything however little the system takes at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), (portion) => {
        writeJournal(path, story, { write: (fd, bytes, offset, length) => writeSync(fd, bytes, offset, Math.min(portion, length)) })
        expect(verifyJournal(path)).to.include({ isIntact: true, lines: story.length })
      }),
      { numRuns: 20 },
    )
  })

  it('waits for a pipe that is full', () => {
    let calls = 0
    writeJournal(path, story, {
      write: (fd, bytes, offset, length) => {
        calls += 1
        if (calls % 3 === 1) throw failure('EAGAIN')
        return writeSync(fd, bytes, offset, length)
      },
    })
    expect(verifyJournal(path)).to.include({ isIntact: true, lines: story.length })
  })

  it('says once that the disk is full, ends with a whole line, and takes no more', async () => {
    const errors: unknown[] = []
    let left = 700
    const journal = openJournal(path, {
      onFailure: (error) => errors.push(error),
      write: (fd, bytes, offset, length) => {
        if (left === 0) throw failure('ENOSPC')
        const written = writeSync(fd, bytes, offset, Math.min(left, length))
        left -= written
        return written
      },
    })
    for (const event of story) journal.append(event)
    journal.close()
    expect(errors).to.have.length(1)
    expect(errors[0]).to.have.property('code', 'ENOSPC')
    expect(verifyJournal(path)).to.include({ isIntact: true, isComplete: false, isTorn: false, lines: 2 })
    expect(await collect(readJournal(path))).to.deep.equal(story.slice(0, 2))
  })

  it('says so on a real full device', function () {
    if (!existsSync('/dev/full')) return this.skip()
    const errors: unknown[] = []
    const journal = openJournal('/dev/full', { onFailure: (error) => errors.push(error) })
    for (const event of story) journal.append(event)
    journal.close()
    expect(errors).to.have.length(1)
    expect(errors[0]).to.have.property('code', 'ENOSPC')
  })

  it('says when an event comes too late', () => {
    const errors: unknown[] = []
    const journal = openJournal(path, { onFailure: (error) => errors.push(error) })
    journal.close()
    journal.close()
    for (const event of story) journal.append(event)
    expect(errors.map(String)).to.deep.equal(['Error: the journal is closed and cannot take "run-started" any more'])
    expect(readFileSync(path, 'utf8')).to.equal('')
  })

  it('is open to devices that cannot be flushed', () => {
    writeJournal('/dev/null', story)
  })
})
