import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import { parseReporter } from '../../src/config/parse-reporter.ts'
import type { RunEvent } from '../../src/model/event.ts'
import { github } from '../../src/report/github/github.ts'
import { checkReporters } from '../../src/report/reporter-options.ts'
import { reporters } from '../../src/report/reporters.ts'
import { fakeEnvironment, renderFile, renderScreen, withFolder } from './support/render.ts'
import { passed, planned, runFinished, runStarted } from './support/run-script.ts'
import { sampleRun } from './support/sample-run.ts'

const text = readFileSync('docs/reports.md', 'utf8')

/** A call that goes through. */
const id = 'scenarios/main-menu.cxspec.yaml#key 1 reaches the sales queue'
const selected = { selected_option: '1' }
const sampleCall: readonly RunEvent[] = [
  runStarted,
  planned('scenarios/main-menu.cxspec.yaml', 'Main menu', ['key 1 reaches the sales queue']),
  {
    type: 'request-intended',
    atMs: 1,
    scenario: id,
    try: 1,
    step: 0,
    request: 0,
    api: 'flow-debug',
    method: 'POST',
    path: '/api/v2/flows/debug',
  },
  {
    type: 'request-answered',
    atMs: 2,
    scenario: id,
    try: 1,
    step: 0,
    request: 0,
    status: 200,
    latencyMs: 1,
    attempts: 1,
    correlationId: 'c-1',
  },
  {
    type: 'step-finished',
    atMs: 3,
    scenario: id,
    try: 1,
    step: 0,
    kind: 'debug',
    durationMs: 2,
    observation: {
      flowId: 'main-menu',
      status: 'Completed',
      exitNode: 'node_exit',
      durationMs: 120,
      variables: selected,
      visits: [
        { index: 0, node: 'node_start', type: 'Start', atMs: 0 },
        { index: 1, node: 'node_menu_1', type: 'GatherInput', atMs: 20, input: '1', variables: selected },
        { index: 2, node: 'node_exit', type: 'Exit', atMs: 40, status: 'Completed' },
      ],
    },
  },
  { type: 'scenario-finished', atMs: 3, scenario: id, tries: 1, durationMs: 2, outcome: passed },
  runFinished(0, 4),
]

/** The text of the only block in that language. */
function block(language: string): string {
  const found = [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map((match) => match[1])
  expect(found, language).to.have.length(1)
  return found[0] ?? ''
}

describe('docs/reports.md', () => {
  it('shows the screen as it is', async () => {
    const written = ['reports/junit.xml', 'reports/results.json']
    expect(block('text')).to.equal(await renderScreen(sampleRun, { written }))
  })

  it('shows JUnit as it is', async () => {
    const xml = await renderFile('junit', sampleRun)
    expect(xml.replaceAll(/\[\[ATTACHMENT\|.*?\/report-attachments/g, '[[ATTACHMENT|reports/junit-attachments')).to.contain(block('xml'))
  })

  it('shows a configuration whose reporters exist', () => {
    const choices = (parse(block('yaml')) as { reporters: (string | Record<string, Record<string, string>>)[] }).reporters
    const named = choices.flatMap((choice) => (typeof choice === 'string' ? [[choice, {}] as const] : Object.entries(choice)))
    expect(
      checkReporters(
        named.map(([name, options]) => ({ name, options })),
        'reports',
      ).map(({ name }) => name),
    ).to.deep.equal(Object.keys(reporters))
  })

  it('shows annotations as they are', async () => {
    const lines: string[] = []
    const reporter = github({
      ...fakeEnvironment('reports'),
      commands: (line) => lines.push(line),
      options: {},
      file: '',
      written: () => [],
    })
    for (const event of sampleRun) reporter.on(event)
    await reporter.close()
    expect(lines).to.include(block('log'))
  })

  it('shows TAP as it is', async () => {
    expect(await renderFile('tap', sampleRun)).to.contain(block('tap'))
  })

  it('shows a debug report as it is', async () => {
    expect(await renderFile('debug-report', sampleCall)).to.equal(`---\n${block('yml')}`)
  })

  it('shows commands whose reporters exist', () => {
    const commands = [...text.matchAll(/^cxspec .*$/gm)].map(([command]) => command).filter((command) => command.includes('--reporter'))
    expect(commands).to.have.length(2)
    const named = commands.flatMap((command) =>
      [...command.matchAll(/--reporter '?([^' ]+[^']*?)'?(?= --|$)/g)].map(([, name = '']) => name),
    )
    expect(named.flatMap((name) => parseReporter(name, [])).map(({ name }) => name)).to.deep.equal(['screen', 'markdown', 'debug-report'])
  })

  it('shows a command that finds the flaky scenarios', () =>
    withFolder(async (folder) => {
      mkdirSync(join(folder, 'reports'))
      writeFileSync(join(folder, 'reports/results.json'), await renderFile('json', sampleRun))
      const { stdout } = spawnSync(block('sh'), { cwd: folder, shell: true, encoding: 'utf8' })
      expect(stdout.trim()).to.equal('scenarios/pin.cxspec.yaml#a wrong PIN is asked for again')
    }))
})
