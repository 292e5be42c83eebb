import { appendFileSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import { initProject } from '../cli/support/project.ts'
import { type CliResult, runCli } from '../cli/support/run-cli.ts'
import { fencedBlocks } from '../support/fenced-blocks.ts'
import type { Folder } from '../support/folder.ts'

const blocks = fencedBlocks('coverage.md')

function textOf(info: string): string {
  return blocks.find((block) => block.info === info)?.text ?? expect.fail(`there is no block ${info}`)
}

describe('docs/coverage.md', () => {
  let folder: Folder
  const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path })
  before(async () => {
    folder = initProject()
    for (const index of [1, 2]) await run('run', '--coverage', '--shard', `${index}/2`, '--output', `shard-${index}`)
  })
  after(() => folder.remove())

  it('shows what a new project says', async () => {
    expect((await run('run', '--coverage')).stdout).to.include(textOf('text'))
  })

  for (const command of blocks.flatMap(({ info, text }) => (info === 'bash' ? text.trim().split('\n') : []))) {
    it(`shows \`${command}\`, which works`, async () => {
      const { code, stderr } = await run(...command.split(' ').slice(1))
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
    })
  }

  it('shows the scenario that is missing, with which every branch is covered', async () => {
    appendFileSync(folder.at('scenarios/welcome.cxspec.yaml'), `\n${textOf('yaml missing')}`)
    const { code, stdout } = await run('run', '--min-coverage', 'branches=100')
    expect(code, stdout).to.equal(0)
  })

  it('names every metric', () => {
    const page = readFileSync('docs/coverage.md', 'utf8')
    for (const name of ['nodes', 'branches', 'pairs', 'entries', 'exits', 'sub-flows']) expect(page).to.include(`| ${name} |`)
  })
})
