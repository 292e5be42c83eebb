import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { LOCK_NAME, lockFolder } from '../../src/journal/lock-folder.ts'
import { temporaryFolder } from './journal-fixture.ts'

describe('lockFolder', () => {
  const folder = temporaryFolder()
  const path = join(folder, LOCK_NAME)
  const leave = (holder: object) => writeFileSync(path, JSON.stringify(holder))

  afterEach(() => {
    lockFolder(folder).release?.()
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('is held by one at a time, and free again once it is released', () => {
    const first = lockFolder(folder)
    expect(lockFolder(folder)).to.deep.equal({ heldBy: process.pid })
    first.release?.()
    expect(existsSync(path)).to.equal(false)
    const second = lockFolder(folder)
    expect(second.heldBy).to.equal(undefined)
    second.release?.()
  })

  it('takes over from a process that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0'])
    leave({ pid, hostname: hostname() })
    const lock = lockFolder(folder)
    expect(lock.heldBy).to.equal(undefined)
    expect(readFileSync(path, 'utf8')).to.include(`"pid":${process.pid}`)
    lock.release?.()
  })

  it('takes over from a process whose number another one has got since', () => {
    leave({ pid: process.pid, hostname: hostname(), processStart: '1' })
    const lock = lockFolder(folder)
    expect(lock.heldBy).to.equal(undefined)
    lock.release?.()
  })

  for (const [what, holder] of [
    ['another machine', { pid: process.pid, hostname: 'elsewhere.example' }],
    ['nobody knows whom', { pid: 'x' }],
    ['a file without a process', []],
  ] as const) {
    it(`takes over from ${what}`, () => {
      leave(holder)
      const lock = lockFolder(folder)
      expect(lock.heldBy).to.equal(undefined)
      lock.release?.()
    })
  }

  it('leaves a lock alone that is no longer its own', () => {
    const lock = lockFolder(folder)
    leave({ pid: 1, hostname: hostname() })
    const other = readFileSync(path, 'utf8')
    lock.release?.()
    expect(readFileSync(path, 'utf8')).to.equal(other)
    leave({})
  })
})
