import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { writeReport } from '../../src/report/write-report.ts'
import { withFolder } from './support/render.ts'

function messageOf(promise: Promise<void>): Promise<string> {
  return promise.then(
    () => '',
    (error: Error) => error.message,
  )
}

function* failing(): Generator<string> {
  yield 'half'
  yield 'x'.repeat(2_000_000)
  throw new Error('the second half is missing')
}

describe('writeReport', () => {
  it('writes all pieces, and the folders above', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'a/b/report.txt')
      await writeReport(file, ['één ', '漢 ', 'x'.repeat(2_000_000)])
      expect(readFileSync(file, 'utf8')).to.equal(`één 漢 ${'x'.repeat(2_000_000)}`)
    }))

  it('leaves the old report whole, and nothing else, where it does not come to its end', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'report.txt')
      writeFileSync(file, 'old')
      expect(await messageOf(writeReport(file, failing()))).to.contain('the second half is missing')
      expect([readFileSync(file, 'utf8'), readdirSync(folder)]).to.deep.equal(['old', ['report.txt']])
    }))

  it('keeps the old report in its place while the new one is written', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'report.txt')
      writeFileSync(file, 'old')
      const seen: string[] = []
      function* watching(): Generator<string> {
        yield 'x'.repeat(2_000_000)
        seen.push(readFileSync(file, 'utf8'))
        yield 'end'
      }
      await writeReport(file, watching())
      expect([seen, readFileSync(file, 'utf8').length]).to.deep.equal([['old'], 2_000_003])
    }))

  it('keeps a link', () =>
    withFolder(async (folder) => {
      writeFileSync(join(folder, 'real.txt'), 'old')
      symlinkSync('real.txt', join(folder, 'link.txt'))
      await writeReport(join(folder, 'link.txt'), ['new'])
      expect([readlinkSync(join(folder, 'link.txt')), readFileSync(join(folder, 'real.txt'), 'utf8')]).to.deep.equal(['real.txt', 'new'])
    }))

  it('rejects where the disk is full, and leaves the device a device', async function () {
    if (!existsSync('/dev/full')) return this.skip()
    expect(await messageOf(writeReport('/dev/full', ['x']))).to.equal('cannot write "/dev/full": no space is left on the disk (ENOSPC)')
    expect(statSync('/dev/full').isCharacterDevice()).to.equal(true)
  })

  it('says what is in the way', () =>
    withFolder(async (folder) => {
      mkdirSync(join(folder, 'folder'))
      writeFileSync(join(folder, 'file'), '')
      expect(await messageOf(writeReport(join(folder, 'folder'), ['x']))).to.match(/: it is a folder \(EISDIR\)$/)
      expect(await messageOf(writeReport(join(folder, 'file/x/y'), ['x']))).to.match(/: a part of its path is no folder \(\w+\)$/)
      expect(readdirSync(folder).sort()).to.deep.equal(['file', 'folder'])
    }))
})
