import { expect } from 'chai'
import { textTest } from '../../src/assertions/pattern.ts'

/** Patterns over which a backtracking engine never comes back. */
const EVIL: readonly (readonly [pattern: string, text: string])[] = [
  ['^(a|a)*$', `${'a'.repeat(100_000)}!`],
  ['^(a+)+$', `${'a'.repeat(100_000)}!`],
  ['^(a|aa)+$', `${'a'.repeat(100_000)}!`],
  ['^([a-zA-Z]+)*$', `${'a'.repeat(100_000)}!`],
  ['(x+x+)+y', 'x'.repeat(100_000)],
  ['(.*)*z$', 'a'.repeat(100_000)],
  ['^(\\w+\\s?)*$', `${'word '.repeat(20_000)}!`],
  ['(.*a){12}b', 'a'.repeat(100_000)],
  ['(a|b)*a(a|b){12}c', 'ab'.repeat(50_000)],
]

/** Backtracking takes 2^100000 steps; the slowest machine takes these within the bound. */
const GENEROUS_MS = 10_000

describe('textTest', () => {
  it('finds a pattern anywhere in a text', () => {
    expect(textTest('b+')?.('abbc')).to.equal(true)
    expect(textTest('^b+')?.('abbc')).to.equal(false)
  })

  it('knows no test for what is no RE2', () => {
    for (const pattern of ['(', '(?=a)', '(?<!a)b', '(a)\\1', '*', 'a{2000}']) expect(textTest(pattern), pattern).to.equal(undefined)
  })

  it('keeps giving the same answer when more patterns are used than are kept', () => {
    const patterns = Array.from({ length: 1_200 }, (_none, index) => `^item${index}$`)
    for (const pattern of [...patterns, ...patterns]) expect(textTest(pattern)?.(pattern.slice(1, -1))).to.equal(true)
  })

  for (const [pattern, text] of EVIL) {
    it(`tests 100 kB for ${pattern} in linear time`, () => {
      const startedMs = performance.now()
      expect(textTest(pattern)?.(text)).to.equal(false)
      expect(performance.now() - startedMs).to.be.below(GENEROUS_MS)
    })
  }
})
