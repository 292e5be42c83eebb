import { expect } from 'chai'
import fc from 'fast-check'
import { segment } from '../../src/api/segment.ts'
import { ProblemError } from '../../src/model/problem.ts'

describe('segment', () => {
  for (const text of ['', '.', '..', '\ud800', 'a\udc00b']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => segment(text)).to.throw(ProblemError)
    })
  }

  for (const [text, encoded] of [
    ['main-menu', 'main-menu'],
    ['a/b', 'a%2Fb'],
    ['../x', '..%2Fx'],
    ['%2e%2e', '%252e%252e'],
    ['a?b#c', 'a%3Fb%23c'],
    ['a\\b', 'a%5Cb'],
    ['ü\n', '%C3%BC%0A'],
    ['...', '...'],
  ] as const) {
    it(`encodes ${JSON.stringify(text)} as ${encoded}`, () => {
      expect(segment(text)).to.equal(encoded)
    })
  }

  it('stays one part of the path that reads as the same text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(text !== '.' && text !== '..')
        const { pathname, host } = new URL(`http://api.internal/flows/${segment(text)}/compile`)
        expect(host).to.equal('api.internal')
        expect(pathname.split('/').map(decodeURIComponent)).to.deep.equal(['', 'flows', text, 'compile'])
      }),
    )
  })
})
