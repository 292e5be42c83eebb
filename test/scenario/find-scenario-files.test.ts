import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { findScenarioFiles } from '../../src/scenario/find-scenario-files.ts'
import { suiteLoader } from '../../src/scenario/suite-loader.ts'

const SOUND = 'flow: f\nscenarios: [{ name: a, debug: {} }]\n'

const ROOT_USER = 0
const NOBODY = 65_534

/** Permissions bind everybody but the superuser, as whom containers often run tests. */
function asNobody<T>(look: () => T): T {
  if (process.geteuid?.() !== ROOT_USER) return look()
  process.seteuid?.(NOBODY)
  try {
    return look()
  } finally {
    process.seteuid?.(ROOT_USER)
  }
}

describe('findScenarioFiles', () => {
  let above: string
  let root: string
  before(() => {
    above = realpathSync(mkdtempSync(join(tmpdir(), 'cxspec-')))
    root = join(above, 'root')
    for (const file of [
      'a.cxspec.yaml',
      'b [x].cxspec.yml',
      'sub/c.cxspec.yaml',
      'sub/deep/d.cxspec.yaml',
      'node_modules/x/n.cxspec.yaml',
      '.git/g.cxspec.yaml',
    ]) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), SOUND)
    }
    writeFileSync(join(root, 'notes.yaml'), 'x')
    writeFileSync(join(root, 'sub/main.flow.yaml'), 'x')
    writeFileSync(join(above, 'outside.cxspec.yaml'), SOUND)
    symlinkSync('../outside.cxspec.yaml', join(root, 'z-outside.cxspec.yaml'))
    symlinkSync('a.cxspec.yaml', join(root, 'z-inside.cxspec.yaml'))
    symlinkSync('z-loop.cxspec.yaml', join(root, 'z-loop.cxspec.yaml'))
    symlinkSync('nothing', join(root, 'z-dangling.cxspec.yaml'))
    symlinkSync('.', join(root, 'circle'))
    symlinkSync('..', join(root, 'up'))
    mkdirSync(join(root, 'z-folder.cxspec.yaml'))
    execFileSync('mkfifo', [join(root, 'z-pipe.cxspec.yaml')])
  })
  after(() => rmSync(above, { recursive: true, force: true }))

  const found = (...paths: string[]): readonly string[] => findScenarioFiles(paths, root).files
  const refused = (...paths: string[]): string[] =>
    findScenarioFiles(paths, root).refused.map(({ file, faults }) => `${file} ${faults[0]?.code}`)
  const odd = ['z-dangling.cxspec.yaml', 'z-inside.cxspec.yaml', 'z-loop.cxspec.yaml', 'z-outside.cxspec.yaml', 'z-pipe.cxspec.yaml']

  it('finds the files of folders and globs, each once and sorted, without hidden folders and node_modules', () => {
    expect(found('.')).to.deep.equal(['a.cxspec.yaml', 'b [x].cxspec.yml', 'sub/c.cxspec.yaml', 'sub/deep/d.cxspec.yaml', ...odd])
    expect(found('sub', 'sub/', './sub', 'sub/c.cxspec.yaml')).to.deep.equal(['sub/c.cxspec.yaml', 'sub/deep/d.cxspec.yaml'])
    expect(found('sub/*.yaml', '**/d*')).to.deep.equal(['sub/c.cxspec.yaml', 'sub/deep/d.cxspec.yaml'])
    expect(found('b [x].cxspec.yml')).to.deep.equal(['b [x].cxspec.yml'])
    expect(found(join(root, 'sub/deep'))).to.deep.equal(['sub/deep/d.cxspec.yaml'])
  })

  it('refuses paths that do not exist, lead outside or are no scenario files', () => {
    expect(refused('nope', 'sub/nope.cxspec.yaml', '..', '../outside.cxspec.yaml', 'up', above, 'notes.yaml', '../*.yaml')).to.deep.equal([
      'nope NO_SUCH_FILE',
      'sub/nope.cxspec.yaml NO_SUCH_FILE',
      '.. OUTSIDE_ROOT',
      '../outside.cxspec.yaml OUTSIDE_ROOT',
      'up OUTSIDE_ROOT',
      `${above} OUTSIDE_ROOT`,
      'notes.yaml NOT_A_SCENARIO_FILE',
      '../*.yaml OUTSIDE_ROOT',
    ])
  })

  it('searches nothing for an empty path, which is what an unset variable of a shell leaves', () => {
    expect(findScenarioFiles([''], root)).to.deep.equal({
      files: [],
      refused: [
        {
          file: '""',
          faults: [
            {
              code: 'NO_SUCH_FILE',
              message: 'there is no file or folder ""',
              expected: 'a folder, a scenario file or a glob, relative to the working directory',
              advice: 'check the path; `cxspec init` writes first scenarios',
            },
          ],
        },
      ],
    })
  })

  it('tells of a folder that it may not read, since scenarios may be in it', () => {
    const closed = join(root, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0)
    chmodSync(above, 0o755)
    try {
      expect(asNobody(() => refused('.', '**/*.yaml', 'closed'))).to.deep.equal(['closed UNREADABLE'])
    } finally {
      rmSync(closed, { recursive: true })
    }
  })

  it('yields nothing for a glob or a folder without files', () => {
    expect(findScenarioFiles(['*.nothing', 'sub/deep/x*'], root)).to.deep.equal({ files: [], refused: [] })
  })

  it('leaves every nasty to whoever reads it: one error each, and all the others are read', () => {
    const load = suiteLoader({ root })
    const faulty = found('.').flatMap((file) => {
      const { faults } = load(file)
      return faults ? [`${file} ${faults.map(({ code }) => code).join()}`] : []
    })
    expect(faulty).to.deep.equal([
      'z-dangling.cxspec.yaml UNREADABLE',
      'z-loop.cxspec.yaml UNREADABLE',
      'z-outside.cxspec.yaml OUTSIDE_ROOT',
      'z-pipe.cxspec.yaml NOT_A_FILE',
    ])
  })
})
