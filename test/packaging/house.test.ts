import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'chai'

const rooms = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

const biome = resolve('node_modules/.bin/biome')

/** Lints a module of one line that stands in `room` of an otherwise empty house, and tells whether the import directions refuse it. */
function isRefused(room: string, line: string, rule = 'style/noRestrictedImports'): boolean {
  const house = mkdtempSync(join(tmpdir(), 'cxspec-house-'))
  mkdirSync(join(house, 'src', room), { recursive: true })
  cpSync('biome.json', join(house, 'biome.json'))
  writeFileSync(join(house, 'src', room, 'probe.ts'), `${line}\n`)
  const lint = spawnSync(biome, ['lint', '--vcs-enabled=false', `--only=${rule}`], { cwd: house, encoding: 'utf8' })
  rmSync(house, { recursive: true })
  expect(`${lint.stdout}${lint.stderr}`).to.match(/Checked [12] files?/)
  return lint.status !== 0
}

describe('the import directions of the house', () => {
  it('cover every room but the command line, which wires everything', () => {
    const config = JSON.parse(readFileSync('biome.json', 'utf8')) as { overrides: { includes: string[] }[] }
    const covered = config.overrides.flatMap((override) => override.includes)
    expect(rooms.filter((room) => room !== 'cli' && !covered.includes(`src/${room}/**`))).to.deep.equal([])
  })

  for (const [room, line] of [
    ['model', "import '../api/send.ts'"],
    ['api', "import '../emulator/create-emulator.ts'"],
    ['emulator', "import '../api/send.ts'"],
    ['statistics', "import '../assertions/duration.ts'"],
    ['assertions', "import '../steps/step-kind.ts'"],
    ['report', "import '../runner/run.ts'"],
    ['runner', "import '../cli/main.ts'"],
    ['webhooks', "import '../runner/run.ts'"],
    ['emulator', "import '../webhooks/receiver.ts'"],
    ['scenario', "import 'node:vm'"],
  ] as const) {
    it(`refuse \`${line}\` in src/${room}`, () => {
      expect(isRefused(room, line)).to.equal(true)
    })
  }

  it('let steps use the API', () => {
    expect(isRefused('steps', "import '../api/send.ts'")).to.equal(false)
  })
})

describe('what authors write', () => {
  for (const [line, rule] of [
    ["eval('1')", 'security/noGlobalEval'],
    ["globalThis.eval('1')", 'security/noGlobalEval'],
    ["new Function('return 1')", 'style/noRestrictedGlobals'],
    ["Function('return 1')", 'style/noRestrictedGlobals'],
    ["import 'vm'", 'style/noRestrictedImports'],
  ] as const) {
    it(`cannot be evaluated: lint refuses \`${line}\``, () => {
      expect(isRefused('scenario', line, rule)).to.equal(true)
    })
  }
})
