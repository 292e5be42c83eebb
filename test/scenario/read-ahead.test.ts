import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ReadAhead } from '../../src/scenario/read-ahead.ts'

describe('ReadAhead', () => {
  const root = mkdtempSync(join(tmpdir(), 'cxspec-read-ahead-'))
  const path = join(root, 'menu.cxspec.yaml')
  const textOf = (files: ReadAhead): string => Buffer.from(files.readBytes('menu.cxspec.yaml').value ?? []).toString()
  beforeEach(() => writeFileSync(path, 'only: true'))
  after(() => rmSync(root, { recursive: true, force: true }))

  it('tells whether a word stands in a file', () => {
    const files = new ReadAhead(root)
    expect(files.mentions('menu.cxspec.yaml', 'only')).to.equal(true)
    expect(files.mentions('menu.cxspec.yaml', 'lonely')).to.equal(false)
    expect(files.mentions('missing.cxspec.yaml', 'only')).to.equal(false)
  })

  it('reads a file once that was looked into', () => {
    const files = new ReadAhead(root)
    files.mentions('menu.cxspec.yaml', 'only')
    writeFileSync(path, 'changed')
    expect(textOf(files)).to.equal('only: true')
    expect(textOf(files)).to.equal('changed')
  })

  it('reads a file that nobody looked into, and says why one cannot be read', () => {
    const files = new ReadAhead(root)
    expect(textOf(files)).to.equal('only: true')
    expect(files.readBytes('../outside').faults?.[0]).to.include({ code: 'OUTSIDE_ROOT' })
  })

  it('keeps no more than a bound', () => {
    const files = new ReadAhead(root)
    writeFileSync(path, Buffer.alloc(900_000, 'x'))
    for (let index = 0; index < 30; index += 1) {
      const name = `big-${index}.cxspec.yaml`
      writeFileSync(join(root, name), Buffer.alloc(900_000, 'x'))
      files.mentions(name, 'only')
      writeFileSync(join(root, name), 'changed')
    }
    const lengths = Array.from({ length: 30 }, (_, index) => files.readBytes(`big-${index}.cxspec.yaml`).value?.length)
    expect(lengths[0]).to.equal(900_000)
    expect(lengths.at(-1)).to.equal('changed'.length)
  })
})
