import { expect } from 'chai'
import fc from 'fast-check'
import type { RunEvent } from '../../../src/model/event.ts'
import { github } from '../../../src/report/github/github.ts'
import { naughtyStrings } from '../support/naughty-strings.ts'
import { fakeEnvironment } from '../support/render.ts'
import { errored, failed, passed, planned, runFinished, runStarted, turn } from '../support/run-script.ts'
import { sampleRun } from '../support/sample-run.ts'

const file = 'scenarios/menu.cxspec.yaml'

interface Command {
  readonly level: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

async function written(events: readonly RunEvent[], pathFromRepository = ''): Promise<string> {
  const texts: string[] = []
  const environment = { ...fakeEnvironment('reports'), pathFromRepository, commands: (text: string) => texts.push(text) }
  const reporter = github({ ...environment, options: {}, file: '', written: () => [] })
  for (const event of events) reporter.on(event)
  await reporter.close()
  return texts.join('')
}

/** As the runner of GitHub Actions takes a line apart. */
function parse(line: string): Command {
  const [, level = '', list = '', data = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? []
  const unescaped = (text: string): string =>
    text.replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  const properties = list.split(',').map((property) => {
    const at = property.indexOf('=')
    return [property.slice(0, at), unescaped(property.slice(at + 1))] as const
  })
  return { level, properties: Object.fromEntries(properties), message: unescaped(data) }
}

async function commands(events: readonly RunEvent[], pathFromRepository = ''): Promise<Command[]> {
  return (await written(events, pathFromRepository)).split('\n').slice(0, -1).map(parse)
}

describe('github', () => {
  it('annotates each unmet expectation at its line, from column to column', async () => {
    const [, first, second] = await commands(sampleRun)
    expect(first?.properties).to.deep.equal({
      file: 'scenarios/main-menu.cxspec.yaml',
      line: '15',
      col: '39',
      endColumn: '57',
      title: 'Main menu › every key reaches its own queue [key=2, queue=queue_support]',
    })
    expect(second?.message.split('\n')).to.deep.equal([
      'expected the call to be routed to "queue_support", got "queue_sales"',
      'expected: "queue_support"',
      'actual:   "queue_sales"',
      '→ compare the branch for key 2 of the menu with the scenario',
    ])
  })

  it('annotates faults of files, problems and flaky scenarios', async () => {
    const all = await commands(sampleRun)
    expect(all.map(({ level, properties }) => `${level} ${properties['file']}:${properties['line']}`)).to.deep.equal([
      'error scenarios/hours.cxspec.yaml:7',
      'error scenarios/main-menu.cxspec.yaml:15',
      'error scenarios/main-menu.cxspec.yaml:16',
      'warning scenarios/pin.cxspec.yaml:3',
      'error scenarios/release.cxspec.yaml:3',
      'error scenarios/release.cxspec.yaml:9',
      'error scenarios/release.cxspec.yaml:15',
    ])
  })

  it('names files from the root of the repository', async () => {
    const [first] = await commands(sampleRun, 'packages/ivr')
    expect(first?.properties['file']).to.equal('packages/ivr/scenarios/hours.cxspec.yaml')
  })

  it('warns of what is inconclusive', async () => {
    const outcome = { status: 'inconclusive', findings: [{ code: 'TOO_FEW', message: 'too few calls', inconclusive: true }] } as const
    const [first] = await commands([runStarted, planned(file, 'M', ['a']), ...turn(`${file}#a`, { outcome, atMs: 5 }), runFinished(0, 9)])
    expect(first).to.deep.equal({ level: 'warning', properties: { file, line: '3', title: 'M › a' }, message: 'too few calls' })
  })

  it('tells of a teardown that did not work, of an interruption, and of a run that died', async () => {
    const teardown: RunEvent = {
      type: 'teardown-failed',
      atMs: 8,
      scenario: `${file}#a`,
      step: 1,
      findings: [{ code: 'X', message: 'left' }],
    }
    const begin = [runStarted, planned(file, 'M', ['a']), teardown, ...turn(`${file}#a`, { outcome: passed, atMs: 5 })]
    expect((await commands([...begin, runFinished(130, 9, { interruption: 'SIGINT' })])).map(({ message }) => message)).to.deep.equal([
      'left',
      'SIGINT',
    ])
    expect((await commands([runStarted])).map(({ message }) => message)).to.deep.equal([
      'the run did not come to its end: its process died',
    ])
  })

  it('says nothing where all is well', async () => {
    expect(
      await written([runStarted, planned(file, 'M', ['a']), ...turn(`${file}#a`, { outcome: passed, atMs: 5 }), runFinished(0, 9)]),
    ).to.equal('')
  })

  it('never lets data end a command or begin another one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...naughtyStrings)), async (text) => {
        const finding = { code: 'X', message: text, expected: text, details: [text], advice: text }
        const name = text.slice(0, 200)
        const events = [
          runStarted,
          planned(file, text, [name]),
          ...turn(`${file}#${name}`, { outcome: failed(finding), atMs: 5 }),
          runFinished(1, 9),
        ]
        const lines = (await written(events)).split(/[\r\n]/)
        expect(lines).to.have.length(2)
        expect(lines[0]).to.match(/^::error file=scenarios\/menu\.cxspec\.yaml,line=3,title=[^,:]*::/)
      }),
      { numRuns: 60 },
    )
  })

  it('tells what keeps a scenario from being judged at its own line', async () => {
    const place = { file, line: 4, column: 7, length: 3 }
    const problem = { code: 'NOT_FOUND', message: 'no such flow', advice: 'look', place } as const
    const events = [runStarted, planned(file, 'M', ['a']), ...turn(`${file}#a`, { outcome: errored(problem), atMs: 5 }), runFinished(3, 9)]
    expect(await commands(events)).to.deep.equal([
      { level: 'error', properties: { file, line: '4', col: '7', endColumn: '10', title: 'M › a' }, message: 'no such flow\n→ look' },
    ])
  })
})
