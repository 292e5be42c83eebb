import { copyFileSync, mkdirSync } from 'node:fs'
import { expect } from 'chai'
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
    for (const night of ['monday', 'tuesday']) copyFileSync(folder.at('reports/journal.jsonl'), folder.at(`nights/${night}.jsonl`))
  })
  after(() => folder.remove())

  for (const { text } of fencedBlocks('nightly.md').filter(({ info }) => info === 'bash')) {
    it(`shows \`${text.trim()}\`, which works where nights are kept`, async () => {
      const [, ...args] = text.trim().split(' ')
      const { code, stderr } = await runCli(args, { cwd: folder.path })
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
    })
  }
})
