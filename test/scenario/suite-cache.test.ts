import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Suite } from '../../src/model/suite.ts'
import { openSuiteCache } from '../../src/scenario/suite-cache.ts'
import { suiteKeys } from '../../src/scenario/suite-keys.ts'
import { suiteLoader } from '../../src/scenario/suite-loader.ts'

const suite = (name: string): Suite => ({ file: 'f.cxspec.yaml', name, scenarios: [] })
const keyOf = suiteKeys({ vars: {}, configVars: {}, ci: false })
const key = (text: string): string => keyOf('f', Buffer.from(text))

describe('openSuiteCache', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cxspec-'))
    path = join(folder, 'made', 'suites')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function fill(names: readonly string[], options = {}): void {
    const cache = openSuiteCache(path, options)
    for (const name of names) cache.set(key(name), suite(name))
    cache.save()
  }

  it('gives back what was saved, in another process too', () => {
    fill(['a', 'line\nend "é" \u2028'])
    const cache = openSuiteCache(path)
    expect(cache.get(key('a'))).to.deep.equal(suite('a'))
    expect(cache.get(key('line\nend "é" \u2028'))?.name).to.equal('line\nend "é" \u2028')
    expect(cache.get(key('b'))).to.equal(undefined)
  })

  it('drops what was used longest ago when it gets too large', () => {
    const names = Array.from({ length: 100 }, (_, index) => `suite ${index}`)
    fill(names)
    const cache = openSuiteCache(path, { maxBytes: statSync(path).size })
    cache.get(key('suite 0'))
    cache.set(key('new'), suite('new'))
    cache.save()
    const after = openSuiteCache(path)
    expect(['suite 0', 'suite 1', 'suite 99', 'new'].map((name) => after.get(key(name)) !== undefined)).to.deep.equal([
      true,
      false,
      true,
      true,
    ])
    expect(statSync(path).size).to.be.at.most(cacheSize(names))
  })

  function cacheSize(names: readonly string[]): number {
    rmSync(path)
    fill(names)
    return statSync(path).size
  }

  it('takes every damaged entry for absent, wherever a byte has changed, and keeps the others', () => {
    fill(['a', 'b'])
    const sound = readFileSync(path)
    for (let index = 0; index < sound.length; index += 1) {
      const damaged = Buffer.from(sound)
      damaged[index] = (damaged[index] ?? 0) ^ 1
      writeFileSync(path, damaged)
      const cache = openSuiteCache(path)
      for (const name of ['a', 'b']) expect([undefined, name], `byte ${index}`).to.include(cache.get(key(name))?.name)
    }
  })

  it('bears a file that is cut off, empty, of another version, or no file at all', () => {
    fill(['a', 'b'])
    const sound = readFileSync(path)
    for (let length = 0; length < sound.length; length += 7) {
      writeFileSync(path, sound.subarray(0, length))
      expect(() => openSuiteCache(path).get(key('a'))).to.not.throw()
    }
    writeFileSync(path, sound.toString().replace('suites 1', 'suites 0'))
    expect(openSuiteCache(path).get(key('a'))).to.equal(undefined)
    expect(openSuiteCache(folder).get(key('a'))).to.equal(undefined)
  })

  it('does not throw where it cannot be written', () => {
    const cache = openSuiteCache(join('/dev/null', 'suites'))
    cache.set(key('a'), suite('a'))
    expect(() => cache.save()).to.not.throw()
  })

  it('is used by the loader for the same content under the same conditions only', () => {
    writeFileSync(join(folder, 'a.cxspec.yaml'), 'flow: f\nvars: { x: file }\nscenarios: [{ name: "${y}", debug: {} }]')
    const cache = openSuiteCache(path)
    const name = (y: string): string | undefined =>
      suiteLoader({ root: folder, vars: { y }, cache })('a.cxspec.yaml').value?.scenarios[0]?.name
    expect([name('1'), name('2'), name('1')]).to.deep.equal(['1', '2', '1'])
    const ci = suiteLoader({ root: folder, vars: { y: '1' }, cache, ci: true })('a.cxspec.yaml')
    expect(ci.value?.scenarios).to.have.length(1)
    writeFileSync(join(folder, 'a.cxspec.yaml'), 'flow: f\nscenarios: [{ name: changed, debug: {} }]')
    expect(name('1')).to.equal('changed')
  })

  it('yields the very same suite as reading the file', () => {
    const text =
      'flow: f\nscenarios:\n  - name: n\n    steps: [{ id: a, compile: {} }, { debug: { speech: "${steps.a.compileId}" }, expect: { within: 1s } }]\n'
    writeFileSync(join(folder, 'a.cxspec.yaml'), text)
    const cache = openSuiteCache(path)
    const first = suiteLoader({ root: folder, cache })('a.cxspec.yaml')
    cache.save()
    expect(suiteLoader({ root: folder, cache: openSuiteCache(path) })('a.cxspec.yaml')).to.deep.equal(first)
  })

  it('does not keep a suite whose rows stand in another file', () => {
    writeFileSync(join(folder, 'a.cxspec.yaml'), 'flow: f\nscenarios: [{ name: n, examples: { file: rows.csv }, debug: { dtmf: "${k}" } }]')
    const cache = openSuiteCache(path)
    const count = (): number | undefined => suiteLoader({ root: folder, cache })('a.cxspec.yaml').value?.scenarios.length
    writeFileSync(join(folder, 'rows.csv'), 'k\n1\n')
    expect(count()).to.equal(1)
    writeFileSync(join(folder, 'rows.csv'), 'k\n1\n2\n')
    expect(count()).to.equal(2)
  })
})
