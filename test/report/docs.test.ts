import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import { checkReporters } from '../../src/report/reporter-options.ts'
import { reporters } from '../../src/report/reporters.ts'
import { renderFile, renderScreen, withFolder } from './support/render.ts'
import { sampleRun } from './support/sample-run.ts'

const text = readFileSync('docs/reports.md', 'utf8')

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
    expect(await renderFile('junit', sampleRun)).to.contain(block('xml'))
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

  it('shows a command that finds the flaky scenarios', () =>
    withFolder(async (folder) => {
      mkdirSync(join(folder, 'reports'))
      writeFileSync(join(folder, 'reports/results.json'), await renderFile('json', sampleRun))
      const { stdout } = spawnSync(block('sh'), { cwd: folder, shell: true, encoding: 'utf8' })
      expect(stdout.trim()).to.equal('scenarios/pin.cxspec.yaml#a wrong PIN is asked for again')
    }))
})
