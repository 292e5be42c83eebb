import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { runCxspec } from '../cli/support/spawn-cxspec.ts'
import { Folder } from '../support/folder.ts'
import { codeBlocks } from './code-blocks.ts'

const examples = codeBlocks(readFileSync('docs/scenarios.md', 'utf8'), 'yaml')
const flow = codeBlocks(readFileSync('docs/flows.md', 'utf8'), 'yaml').find((block) => block.includes('flowId: opening')) ?? ''

describe('docs/scenarios.md', () => {
  it('has examples', () => {
    expect(examples).to.have.length.at.least(4)
  })

  for (const example of examples) {
    const [, suite] = /^suite: (.*)$/m.exec(example) ?? []
    it(`shows under "${suite}" a file that passes as it stands`, async () => {
      const folder = new Folder({ 'scenarios/opening.flow.yaml': flow, 'scenarios/example.cxspec.yaml': example })
      const { code, stdout, stderr } = await runCxspec(['run'], { cwd: folder.path })
      expect({ code, said: code === 0 ? '' : `${stdout}${stderr}` }).to.deep.equal({ code: 0, said: '' })
      folder.remove()
    })
  }
})
