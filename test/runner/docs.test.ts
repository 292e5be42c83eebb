import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { cli } from '../../src/cli/cli.ts'
import type { World } from '../../src/cli/world.ts'
import { Secrets } from '../../src/config/secrets.ts'
import { readJournal } from '../../src/journal/read-journal.ts'
import { verifyJournal } from '../../src/journal/verify-journal.ts'
import { worstExitCode } from '../../src/runner/exit-code.ts'
import { realClock } from '../support/real-clock.ts'

const TEXT = readFileSync(new URL('../../docs/running.md', import.meta.url), 'utf8')

function blocks(language: string): string[] {
  return [...TEXT.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code = '']) => code)
}

/** The words of a command, with single quotes as a shell reads them. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

describe('docs/running.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cxspec-running-'))
  let said = ''

  const world: World = {
    env: { XDG_CACHE_HOME: join(folder, 'cache') },
    cwd: folder,
    stdout: { write: (text) => (said += text) },
    stderr: { write: (text) => (said += text) },
    clock: realClock,
    emergencies: { subscribe: () => () => undefined },
    secrets: new Secrets(),
    random: () => 0.5,
    hostname: 'runner-1',
  }

  before(() => cli(['init'], world))
  after(() => rmSync(folder, { recursive: true, force: true }))
  beforeEach(() => {
    said = ''
  })

  const commands = blocks('sh').flatMap((block) => block.trim().split('\n'))

  it('shows commands', () => {
    expect(commands.length).to.be.at.least(12)
  })

  for (const command of commands) {
    it(`shows \`${command}\`, which works`, async () => {
      const [program, ...args] = wordsOf(command)
      expect(program).to.equal('cxspec')
      expect(await cli(args, world), said).to.equal(0)
      if (args[1] === 'verify') expect(said).to.contain('intact')
    })
  }

  it('names a line that holds the scenario it runs, and only that one', async () => {
    await cli(['run', 'scenarios/welcome.cxspec.yaml:22'], world)
    expect(said).to.contain('the flow compiles').and.to.contain('1 passed')
  })

  it('shows a journal whose chain is intact', async () => {
    const path = join(folder, 'sample', 'journal.jsonl')
    mkdirSync(join(folder, 'sample'))
    writeFileSync(path, blocks('json')[0] ?? '')
    expect(verifyJournal(path)).to.include({ isIntact: true, isComplete: false, lines: 4 })
    for await (const event of readJournal(path)) expect(event.type).to.be.a('string')
  })

  it('lists the exit codes in the order in which they outweigh each other', () => {
    const order = (/the first of ([\d, ]+) stands/.exec(TEXT)?.[1] ?? '').split(', ').map(Number)
    expect(order).to.have.length(8)
    for (const [index, code] of order.entries()) expect(worstExitCode(order.slice(index))).to.equal(code)
  })
})
