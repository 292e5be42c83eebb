import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { TextFolder } from '../../src/yaml/text-folder.ts'

describe('TextFolder', () => {
  let above: string
  let root: string
  let folder: TextFolder
  const codeOf = (file: string): string | undefined => folder.readText(file).faults?.[0]?.code

  before(() => {
    above = realpathSync(mkdtempSync(join(tmpdir(), 'cxspec-')))
    root = join(above, 'root')
    mkdirSync(join(root, 'sub'), { recursive: true })
    mkdirSync(join(above, 'rootless'))
    writeFileSync(join(above, 'secret.txt'), 'secret')
    writeFileSync(join(above, 'rootless', 'secret.txt'), 'secret')
    writeFileSync(join(root, 'plain.txt'), 'plain ✓')
    writeFileSync(join(root, 'mark.txt'), '\ufeffmarked')
    writeFileSync(join(root, 'empty.txt'), '')
    writeFileSync(join(root, 'nul.txt'), 'a\nb\0')
    writeFileSync(join(root, 'latin1.txt'), Buffer.from('gr\xfcn', 'latin1'))
    writeFileSync(join(root, 'utf16.txt'), Buffer.from('\ufeffa: 1', 'utf16le'))
    writeFileSync(join(root, 'huge.txt'), '')
    truncateSync(join(root, 'huge.txt'), 10 * 1024 * 1024 * 1024)
    symlinkSync('../plain.txt', join(root, 'sub', 'inside.txt'))
    symlinkSync('../../secret.txt', join(root, 'sub', 'outside.txt'))
    symlinkSync('../..', join(root, 'sub', 'up'))
    symlinkSync('loop.txt', join(root, 'loop.txt'))
    symlinkSync('nothing', join(root, 'dangling.txt'))
    symlinkSync('/dev/zero', join(root, 'zero.txt'))
    execFileSync('mkfifo', [join(root, 'pipe.txt')])
    folder = new TextFolder(root)
  })
  after(() => rmSync(above, { recursive: true, force: true }))

  it('reads UTF-8, without a byte order mark', () => {
    expect(folder.readText('plain.txt').value).to.equal('plain ✓')
    expect(folder.readText('mark.txt').value).to.equal('marked')
    expect(folder.readText('empty.txt').value).to.equal('')
  })

  it('follows a link that stays inside', () => {
    expect(folder.readText('sub/inside.txt').value).to.equal('plain ✓')
  })

  for (const [file, code] of [
    ['../secret.txt', 'OUTSIDE_ROOT'],
    ['../rootless/secret.txt', 'OUTSIDE_ROOT'],
    ['sub/../../secret.txt', 'OUTSIDE_ROOT'],
    ['/etc/hostname', 'OUTSIDE_ROOT'],
    ['sub/outside.txt', 'OUTSIDE_ROOT'],
    ['sub/up/secret.txt', 'OUTSIDE_ROOT'],
    ['zero.txt', 'OUTSIDE_ROOT'],
    ['loop.txt', 'UNREADABLE'],
    ['dangling.txt', 'UNREADABLE'],
    ['missing.txt', 'UNREADABLE'],
    ['missing/missing.txt', 'UNREADABLE'],
    ['plain.txt/below', 'UNREADABLE'],
    ['a\0b', 'UNREADABLE'],
    ['sub', 'NOT_A_FILE'],
    ['pipe.txt', 'NOT_A_FILE'],
    ['huge.txt', 'TOO_LARGE'],
    ['nul.txt', 'NUL_CHARACTER'],
    ['latin1.txt', 'NOT_UTF8'],
    ['utf16.txt', 'NOT_UTF8'],
  ] as const) {
    it(`refuses ${JSON.stringify(file)}: ${code}`, () => expect(codeOf(file)).to.equal(code))
  }

  it('reads below a root that is itself reached by a link', () => {
    symlinkSync('root', join(above, 'linked-root'))
    const linked = new TextFolder(join(above, 'linked-root'))
    expect(linked.readText('plain.txt').value).to.equal('plain ✓')
    expect(linked.readText('sub/inside.txt').value).to.equal('plain ✓')
    expect(linked.readText('sub/outside.txt').faults?.[0]?.code).to.equal('OUTSIDE_ROOT')
  })
})
