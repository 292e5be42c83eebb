import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { pathFromRepository } from '../../src/report/path-from-repository.ts'
import { withFolder } from './support/render.ts'

describe('pathFromRepository', () => {
  it('is the way down from the nearest folder with .git, which may be a file', () =>
    withFolder((folder) => {
      mkdirSync(join(folder, '.git'))
      mkdirSync(join(folder, 'a/b/c'), { recursive: true })
      expect([folder, join(folder, 'a/b')].map(pathFromRepository)).to.deep.equal(['', 'a/b'])
      writeFileSync(join(folder, 'a/.git'), 'gitdir: elsewhere')
      expect(pathFromRepository(join(folder, 'a/b/c'))).to.equal('b/c')
    }))

  it('is empty outside of a repository', () => {
    expect(pathFromRepository('/')).to.equal('')
  })
})
