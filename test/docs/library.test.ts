import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'
import { initProject } from '../cli/support/project.ts'
import { codeBlocks } from './code-blocks.ts'

const programs = codeBlocks(readFileSync('docs/library.md', 'utf8'), 'js')

/** Runs a program in a folder where cxspec is installed. */
function play(name: string, program: string): string {
  const folder = initProject({ [name]: program })
  mkdirSync(folder.at('node_modules'))
  symlinkSync(resolve('.'), folder.at('node_modules/cxspec'))
  const { stdout, stderr, status } = spawnSync(process.execPath, [name], {
    cwd: folder.path,
    encoding: 'utf8',
    // Early releases of Node 22 warn of any require of a module.
    env: { HOME: folder.path, ...(name.endsWith('.cjs') ? { NODE_NO_WARNINGS: '1' } : {}) },
  })
  folder.remove()
  expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' })
  return stdout
}

function programWith(name: string): string {
  return programs.find((program) => program.includes(name)) ?? ''
}

describe('docs/library.md', () => {
  it('shows a program that runs scenarios', () => {
    const said = play('program.mjs', programWith('runScenarios'))
    expect(said.match(/^passed /gm)).to.have.length(4)
    expect(said).to.include('4 scenarios, exit code 0')
  })

  it('shows a program that asks an emulator on a port, with faults and history', () => {
    expect(play('program.mjs', programWith('serve(emulator)'))).to.equal('first 503 then 200\n2 requests\n')
  })

  it('shows a program that sends requests as steps do', () => {
    expect(play('program.mjs', programWith('createClient('))).to.equal('request-intended\nrequest-answered\nwelcome\n')
  })

  it('shows a program that executes a flow', () => {
    expect(play('program.mjs', programWith('readFlow('))).to.match(/^\w+ start > hello > bye\n$/)
  })

  it('is true of a CommonJS program', () => {
    expect(play('program.cjs', "console.log(typeof require('cxspec').runScenarios)")).to.equal('function\n')
  })
})
