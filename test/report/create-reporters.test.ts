import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { RunEvent } from '../../src/model/event.ts'
import { FaultError } from '../../src/model/fault.ts'
import { createReporters } from '../../src/report/create-reporters.ts'
import { screenOf } from '../../src/report/screen/screen-of.ts'
import { fakeEnvironment, withFolder } from './support/render.ts'
import { runFinished, runStarted } from './support/run-script.ts'
import { sampleRun } from './support/sample-run.ts'

const all = [
  { name: 'screen', options: {} },
  { name: 'junit', options: {} },
  { name: 'json', options: {} },
]

/** What a rejection says. */
async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

describe('createReporters', () => {
  it('writes every report into the output folder, and names them on the screen', () =>
    withFolder(async (folder) => {
      const output = join(folder, 'a/b')
      const environment = fakeEnvironment(output)
      const reporter = await createReporters(all, environment)
      for (const event of sampleRun) reporter.on(event)
      await reporter.close()
      expect(readFileSync(join(output, 'junit.xml'), 'utf8')).to.contain('<testsuites ')
      expect(readFileSync(join(output, 'results.json'), 'utf8')).to.contain('"formatVersion": 1')
      expect(environment.text()).to.contain(`Reports    ${output}/junit.xml\n           ${output}/results.json\n`)
    }))

  it('writes the others where one cannot be written, and says which and why', () =>
    withFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), '')
      const environment = fakeEnvironment(folder)
      const choices = [...all.slice(0, 2), { name: 'json', options: { file: join(folder, 'file/results.json') } }]
      const reporter = await createReporters(choices, environment)
      reporter.on(runStarted)
      const message = await messageOf(reporter.close())
      expect(message).to.match(/^the json report was not written: cannot write ".*file\/results.json": a part of its path is no folder/)
      expect(existsSync(join(folder, 'junit.xml'))).to.equal(true)
      expect(environment.text()).to.contain('junit.xml').and.not.to.contain('results.json')
    }))

  it('goes on without a reporter that throws, leaves its old report alone, and tells of it at the end', () =>
    withFolder(async (folder) => {
      writeFileSync(join(folder, 'results.json'), 'old')
      const broken = screenOf(
        {
          write: () => {
            throw new Error('the pipe is closed')
          },
        },
        {},
        'normal',
      )
      const reporter = await createReporters(all, fakeEnvironment(folder, { screen: broken }))
      const unreadable = { type: 'suite-planned', atMs: 0, file: 'a', name: 'a' } as unknown as RunEvent
      for (const event of [runStarted, unreadable, runFinished(0, 9)]) reporter.on(event)
      const message = await messageOf(reporter.close())
      expect(message).to.contain('the screen report was not written: the pipe is closed').and.to.contain('the json report was not written')
      expect(readFileSync(join(folder, 'results.json'), 'utf8')).to.equal('old')
    }))

  it('refuses an unknown name before anything runs', async () => {
    const error: unknown = await createReporters([{ name: 'junti', options: {} }], fakeEnvironment('x')).catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(FaultError)
  })
})
