import { expect } from 'chai'
import fc from 'fast-check'
import { LIMITS, xmlLine, xmlStory, xmlText } from '../../../src/report/junit/junit-text.ts'

/** Any UTF-16, lone surrogates and control characters included. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 60 })

describe('xmlText', () => {
  it('takes whole terminal sequences away, not only their first character', () => {
    expect(xmlText('\u001b[31mred\u001b[0m and \u001b]8;;https://example.test/\u0007link\u001b]8;;\u0007')).to.equal('red and link')
  })

  it('takes away what XML forbids and nothing else', () => {
    expect(xmlText('a\u0000b\ufffec\ud800d\udc00e\u009b 😀\t\n\r]]>é')).to.equal('abcde 😀\t\n\r]]>é')
  })

  it('leaves allowed text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!/[\p{Cc}\p{Noncharacter_Code_Point}]/u.test(text))
        expect(xmlText(text)).to.equal(text)
      }),
    )
  })

  it('leaves no forbidden character, and is content with its own result', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = xmlText(text)
        expect(clean).to.match(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u)
        expect(xmlText(clean)).to.equal(clean)
      }),
    )
  })
})

describe('xmlLine', () => {
  it('is one line of at most so many characters', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 30 }), (text, length) => {
        const line = xmlLine(text, length)
        expect(line.length).to.be.at.most(length)
        expect(line).to.not.match(/[\t\n\r]/)
      }),
    )
  })

  it('shows that it was cut', () => {
    expect(xmlLine('a long message', 6)).to.equal('a lon…')
  })
})

describe('xmlStory', () => {
  it('keeps what fits', () => {
    expect(xmlStory(['one', 'two'])).to.equal('one\ntwo')
  })

  it('cuts at 64 KB of UTF-8, between characters, and says so', () => {
    for (const character of ['a', 'é', '漢', '😀']) {
      const story = xmlStory([character.repeat(70_000)])
      expect(Buffer.byteLength(story)).to.be.within(LIMITS.textBytes - 4, LIMITS.textBytes)
      expect(story).to.not.contain('\ufffd')
      expect(story).to.match(/cut here; the JSON report has all of it$/)
    }
  })
})
