import { expect } from 'chai'
import { initFiles } from '../../src/cli/init-files.ts'
import { initProject } from '../cli/support/project.ts'
import { type CliResult, runCli } from '../cli/support/run-cli.ts'
import { fencedBlocks } from '../support/fenced-blocks.ts'
import type { Folder } from '../support/folder.ts'

const blocks = fencedBlocks('impact.md')

function textOf(info: string): string {
  return blocks.find((block) => block.info === info)?.text ?? expect.fail(`there is no block ${info}`)
}

describe('docs/impact.md', () => {
  let folder: Folder
  const run = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: folder.path })
  before(() => {
    folder = initProject(Object.fromEntries(initFiles.map(({ path, text }) => [`before/${path}`, text])))
    folder.write('scenarios/flows/welcome.flow.yaml', textOf('yaml flow'))
  })
  after(() => folder.remove())

  it('shows what the change means', async () => {
    const { stdout } = await run('impact', 'before/scenarios/flows', 'scenarios/flows')
    expect(stdout).to.equal(textOf('text'))
  })

  for (const command of blocks.flatMap(({ info, text }) => (info === 'bash' ? text.trim().split('\n') : []))) {
    it(`shows \`${command}\`, which works`, async () => {
      const { code, stderr } = await run(...command.split(' ').slice(1))
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
    })
  }
})
