import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'chai'
import { readJournal } from '../../src/journal/read-journal.ts'
import { verifyJournal } from '../../src/journal/verify-journal.ts'
import { collect, temporaryFolder } from './journal-fixture.ts'

/** Runs the writer and kills it with SIGKILL after it has told of so many requests. Resolves with those that it told of. */
function killAfter(requests: number, path: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'write-until-killed.ts'), path])
    let told = ''
    let complaints = ''
    writer.stderr.on('data', (text: Buffer) => (complaints += text.toString()))
    writer.stdout.on('data', (text: Buffer) => {
      told += text.toString()
      if (told.split('\n').length > requests) writer.kill('SIGKILL')
    })
    writer.on('close', (_code, signal) => (signal === 'SIGKILL' ? resolve(told.split('\n').slice(0, -1)) : reject(new Error(complaints))))
  })
}

describe('the journal of a run that was killed', () => {
  const folder = temporaryFolder()

  for (const requests of [1, 7, 150]) {
    it(`can be read after ${requests} requests or so, is intact, and knows each job that may have been started`, async () => {
      const path = join(folder, `journal-${requests}.jsonl`)
      const told = await killAfter(requests, path)
      expect(told.length).to.be.at.least(requests)
      const events = await collect(readJournal(path))
      const intended = events.flatMap((event) => (event.type === 'request-intended' ? [event.scenario] : []))
      expect(intended).to.include.members(told)
      expect(verifyJournal(path)).to.include({ isIntact: true, isComplete: false })
    })
  }
})
