import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { parseDocument } from 'yaml'
import { initProject } from '../cli/support/project.ts'
import { runCxspec } from '../cli/support/spawn-cxspec.ts'

/** What follows `npx cxspec` on each line of a file, in order, aimed at the embedded emulator instead of a tenant. */
function commandsOf(text: string): string[][] {
  return [...text.matchAll(/npx cxspec (.*)$/gm)].map(([, line = '']) =>
    line.replace(/"\$CXSPEC_RUN_TARGET"|staging/, 'emulator').split(' '),
  )
}

for (const file of ['docs/ci/github-actions.yml', 'docs/ci/gitlab-ci.yml']) {
  describe(file, () => {
    const text = readFileSync(file, 'utf8')

    it('is sound YAML', () => {
      const { errors, warnings } = parseDocument(text)
      expect([...errors, ...warnings]).to.deep.equal([])
    })

    it('checks, runs and audits, by commands that work', async () => {
      const project = initProject()
      const done: string[] = []
      for (const command of commandsOf(text)) {
        const { code, stdout, stderr } = await runCxspec(command, { cwd: project.path })
        expect(code, `${command.join(' ')}\n${stdout}${stderr}`).to.equal(0)
        done.push(command[0] ?? '')
      }
      expect(done).to.deep.equal(['validate', 'run', 'audit'])
      expect(readFileSync(project.at('reports/junit.xml'), 'utf8')).to.match(/^<\?xml .*tests="4"/s)
      project.remove()
    })
  })
}
