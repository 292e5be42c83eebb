import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'chai'
import { Folder } from '../support/folder.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string>; exports: Record<string, unknown> }
const listing = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
})
const packed: readonly string[] = [...listing.matchAll(/"path": "([^"]+)"/g)].map(([, path = '']) => path)

const PROGRAM = `
import { createEmulator, createLibrary, execute, inMemory, readFlow, runScenarios, systemClock } from 'cxspec'
import type { Emulator, Reporter, RunEvent, RunScenariosResult, Send, Trace, Transport } from 'cxspec'

const flow = readFlow('flowId: a', 'a.flow.yaml')
const trace: Trace = execute(flow, {}, { flows: createLibrary([flow]), date: () => new Date() })
const emulator: Emulator = createEmulator({ flows: createLibrary([flow]), clock: systemClock })
const transport: Transport = inMemory(emulator)
const reporter: Reporter = { on: (event: RunEvent) => console.log(event.type), close: async () => {} }
const result: Promise<RunScenariosResult> = runScenarios({ onEvent: reporter.on })
// @ts-expect-error a request needs a path
export const refused = (send: Send) => send({ api: 'flow-read', scopes: [], method: 'GET' })
export { result, trace, transport }
`

describe('the package', () => {
  it('holds the command, the library with its types, and the schemas that editors ask for', () => {
    expect(packed).to.include.members([
      'dist/cli/main.js',
      'dist/index.js',
      'dist/index.d.ts',
      'schemas/scenario.schema.json',
      'README.md',
      'LICENSE',
    ])
    expect(manifest.bin).to.deep.equal({ cxspec: 'dist/cli/main.js' })
    expect(readFileSync('dist/cli/main.js', 'utf8')).to.match(/^#!\/usr\/bin\/env node\n/)
  })

  it('holds every page that the README links to, and nothing of the workshop', () => {
    const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\((docs\/[\w./-]+)\)/g)].map(([, path]) => path)
    expect(links).to.have.length.at.least(8)
    expect(packed).to.include.members(links)
    expect(packed.filter((path) => /^(src|test|bench|scripts|\.ci|node_modules)\/|tsbuildinfo/.test(path))).to.deep.equal([])
  })

  it('has types with which a strict TypeScript program compiles', () => {
    const folder = new Folder({ 'program.mts': PROGRAM, 'package.json': '{ "type": "module" }' })
    mkdirSync(folder.at('node_modules/@types'), { recursive: true })
    for (const name of ['cxspec', '@types/node']) {
      symlinkSync(resolve(name === 'cxspec' ? '.' : `node_modules/${name}`), folder.at(`node_modules/${name}`))
    }
    const flags = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--target', 'es2023', '--types', 'node']
    const { stdout, status } = spawnSync(resolve('node_modules/.bin/tsc'), [...flags, 'program.mts'], {
      cwd: folder.path,
      encoding: 'utf8',
    })
    folder.remove()
    expect(stdout).to.equal('')
    expect(status).to.equal(0)
  })
})
