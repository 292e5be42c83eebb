import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, symlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'
import { killSpawned, runCxspec } from '../cli/support/spawn-cxspec.ts'
import { Folder } from '../support/folder.ts'
import { codeBlocks } from './code-blocks.ts'

const page = readFileSync('docs/webhooks.md', 'utf8')
const [scenario = ''] = codeBlocks(page, 'yaml scenario')
const [receiving = '', notifying = ''] = codeBlocks(page, 'yaml config')
const [receiver = ''] = codeBlocks(page, 'js receiver')
const secret = `whsec_${randomBytes(32).toString('base64')}`

const flow = readFileSync('scenarios/flows/main-menu.flow.yaml', 'utf8')
const compiles = 'suite: Release\nscenarios:\n  - { name: compiles, compile: { flowId: main-menu } }\n'

/** Resolves with the first match in what a process says. */
function says(child: ChildProcess, pattern: RegExp, said: string[]): Promise<RegExpExecArray> {
  return new Promise((found, failed) => {
    const look = (): void => {
      const match = pattern.exec(said.join(''))
      if (match) found(match)
    }
    child.stdout?.on('data', look)
    child.on('exit', () => failed(new Error(`it ended: ${said.join('')}`)))
    look()
  })
}

describe('docs/webhooks.md', function () {
  this.timeout(30_000)
  let folder: Folder
  let child: ChildProcess | undefined

  beforeEach(() => {
    folder = new Folder({ 'scenarios/main-menu.flow.yaml': flow })
  })
  afterEach(() => {
    child?.kill()
    killSpawned()
    folder.remove()
  })

  it('shows a scenario that passes as it stands', async () => {
    folder.write('scenarios/one.cxspec.yaml', scenario)
    const { code, stdout, stderr } = await runCxspec(['run'], { cwd: folder.path })
    expect({ code, said: code === 0 ? '' : `${stdout}${stderr}` }).to.deep.equal({ code: 0, said: '' })
  })

  it('shows how a receiver is configured', async () => {
    folder.write('cxspec.config.yaml', receiving)
    const { code, stdout, stderr } = await runCxspec(['config'], { cwd: folder.path, env: { CXSPEC_WEBHOOK_SECRET: secret } })
    expect(code, stderr).to.equal(0)
    expect(stdout).to.match(/webhooks\.receiver\.publicUrl +https:\/\/ci\.example\.test\/hooks/)
  })

  it('shows a program that receives and verifies what a run sends', async () => {
    folder.write('cxspec.config.yaml', notifying)
    folder.write('scenarios/one.cxspec.yaml', compiles)
    folder.write('receiver.mjs', receiver)
    symlinkSync(resolve('node_modules'), folder.at('node_modules'))
    const said: string[] = []
    child = spawn(process.execPath, ['receiver.mjs'], { cwd: folder.path, env: { NOTIFY_SECRET: secret, PORT: '0' } })
    child.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
    const [, port] = await says(child, /listening on (\d+)/, said)
    const env = { NOTIFY_SECRET: secret, HOOK_URL: `http://127.0.0.1:${port}/hook` }
    const { code, stdout, stderr } = await runCxspec(['run'], { cwd: folder.path, env })
    expect(code, stdout + stderr).to.equal(0)
    await says(child, /run finished/, said)
    expect(said.join('')).to.match(/run started\n(compilation of main-menu: [A-Z_]+\n){2,}run finished/)
  })
})
