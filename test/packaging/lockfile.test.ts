import { readFileSync } from 'node:fs'
import { expect } from 'chai'

interface LockedPackage {
  readonly version?: string
  readonly integrity?: string
  readonly license?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly link?: boolean
  readonly hasInstallScript?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Readonly<Record<string, LockedPackage>> }
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Readonly<Record<string, string>> }
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const shipped = packages.filter(([, entry]) => !entry.dev)

/** Licences that may be shipped with a product without asking. */
const FREE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0']

describe('package-lock.json', () => {
  it('pins every package by its integrity', () => {
    const unpinned = packages.filter(([, entry]) => !entry.link && !entry.integrity).map(([path]) => path)
    expect(unpinned).to.deep.equal([])
  })

  it('knows the packages of every platform, without which `npm ci` refuses to start', () => {
    const missing = packages.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
      ),
    )
    expect(missing).to.deep.equal([])
  })

  it('names no registry, so that everybody may use their own', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.to.match(/"resolved"/)
  })

  it('ships no package that runs a script when it is installed', () => {
    expect(shipped.filter(([, entry]) => entry.hasInstallScript).map(([path]) => path)).to.deep.equal([])
  })

  it('ships freely licensed packages only', () => {
    const others = shipped.filter(([, entry]) => !FREE.includes(entry.license ?? '')).map(([path, entry]) => `${path}: ${entry.license}`)
    expect(others).to.deep.equal([])
  })

  it('ships few packages', () => {
    expect(shipped.length).to.be.at.most(50)
  })

  it('says in docs/dependencies.md why each shipped dependency is there', () => {
    const reasons = readFileSync('docs/dependencies.md', 'utf8')
    const unexplained = Object.keys(manifest.dependencies).filter((name) => !reasons.includes(`\`${name}\``))
    expect(unexplained).to.deep.equal([])
  })
})
