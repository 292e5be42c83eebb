import { expect } from 'chai'
import { runInMemory } from '../scenarios/run-in-memory.ts'
import { fencedBlocks } from '../support/fenced-blocks.ts'
import { Folder } from '../support/folder.ts'
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

for (const page of ['steps/execute.md', 'steps/set-availability.md']) {
  const blocks = fencedBlocks(page)

  describe(`docs/${page}`, () => {
    it('shows scenarios that pass as they stand, teardown included', async () => {
      const tenants = blocks.filter((block) => block.info === 'yaml tenant').map(({ text }, index) => [`flows/${index}.tenant.yaml`, text])
      const suites = blocks.filter((block) => block.info === 'yaml scenario').map(({ text }, index) => [`${index}.cxspec.yaml`, text])
      const folder = new Folder(Object.fromEntries([...tenants, ...suites]))
      const { exitCode, stderr, suites: ran } = await runInMemory(['.', '--flows', 'flows'], folder.path)
      folder.remove()
      const others = ran.flatMap(({ scenarios }) => scenarios).filter(({ outcome }) => outcome.status !== 'passed')
      expect({ exitCode, stderr, others }).to.deep.equal({ exitCode: 0, stderr: '', others: [] })
      expect(ran).to.have.length(suites.length)
    })
  })
}
