import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'
import { readQuarantine } from '../../src/config/quarantine.ts'
import { initProject } from '../cli/support/project.ts'
import { runCli } from '../cli/support/run-cli.ts'
import { fencedBlocks } from '../support/fenced-blocks.ts'
import type { Folder } from '../support/folder.ts'

describe('docs/nightly.md', () => {
  let folder: Folder
  before(async () => {
    folder = initProject()
    await runCli(['run'], { cwd: folder.path })
    mkdirSync(folder.at('nights'))
    for (const night of ['monday', 'tuesday', 'killed'])
      copyFileSync(folder.at('reports/journal.jsonl'), folder.at(`nights/${night}.jsonl`))
  })
  after(() => folder.remove())

  it('shows a quarantine that is read', () => {
    const [block] = fencedBlocks('nightly.md').filter(({ info }) => info === 'yaml quarantine')
    writeFileSync(folder.at('shown.yaml'), block?.text ?? '')
    expect(readQuarantine('shown.yaml', folder.path, true).value).to.have.length(1)
  })

  const commands = fencedBlocks('nightly.md').flatMap(({ info, text }) => (info === 'bash' ? text.trim().split('\n') : []))

  for (const command of commands) {
    it(`shows \`${command}\`, which works where nights are kept`, async () => {
      const [, ...args] = command.split(' ')
      const { code, stderr } = await runCli(args, { cwd: folder.path })
      expect(stderr).to.equal('')
      // nothing failed in the run before
      expect(code).to.equal(command.includes('--last-failed') ? 4 : 0)
    })
  }
})
