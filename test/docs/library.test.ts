import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'
import { initProject } from '../cli/support/project.ts'

describe('docs/library.md', () => {
  it('shows a program that runs', () => {
    const [, program = ''] = /```js\n(.*?)```/s.exec(readFileSync('docs/library.md', 'utf8')) ?? []
    const folder = initProject({ 'program.mjs': program })
    mkdirSync(folder.at('node_modules'))
    symlinkSync(resolve('.'), folder.at('node_modules/cxspec'))
    const { stdout, stderr, status } = spawnSync(process.execPath, ['program.mjs'], {
      cwd: folder.path,
      encoding: 'utf8',
      env: { HOME: folder.path },
    })
    folder.remove()
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' })
    expect(stdout.match(/^passed /gm)).to.have.length(4)
    expect(stdout).to.include('4 scenarios, exit code 0')
  })
})
