import { expect } from 'chai'
import { fencedBlocks } from '../support/fenced-blocks.ts'
import { performScenarios, suiteOf } from '../support/perform-scenarios.ts'

for (const page of ['steps/debug.md', 'steps/compile.md', 'steps/simulate.md']) {
  const blocks = fencedBlocks(page)
  const flows = blocks.filter((block) => block.info === 'yaml flow').map((block) => block.text)

  describe(`docs/${page}`, () => {
    for (const { text } of blocks.filter((block) => block.info === 'yaml scenario')) {
      for (const { name } of suiteOf(text).scenarios) {
        it(`shows that ${name}`, async () => {
          const findings = (await performScenarios(text, flows)).get(name)
          expect(findings?.map((finding) => finding.message)).to.deep.equal([])
        })
      }
    }
  })
}
