import { expect } from 'chai'
import fc from 'fast-check'
import { printable } from '../../src/model/printable.ts'

describe('printable', () => {
  it('leaves harmless text of any script alone', () => {
    expect(printable('Grüße, 世界 — 👍 "x"')).to.equal('Grüße, 世界 — 👍 "x"')
  })

  for (const [raw, shown] of [
    ['\u001b[31m', '\\u{1b}[31m'],
    ['\u001b]8;;http://example.test\u0007', '\\u{1b}]8;;http://example.test\\u{7}'],
    ['a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['\b\u007f\u009b', '\\u{8}\\u{7f}\\u{9b}'],
    ['\u202eabc\u2066', '\\u{202e}abc\\u{2066}'],
    ['\u2028\u2029\ufeff\u00ad', '\\u{2028}\\u{2029}\\u{feff}\\u{ad}'],
    ['\ud800x\udc00', '\\u{d800}x\\u{dc00}'],
    ['\ufffe\uffff\u{1fffe}', '\\u{fffe}\\u{ffff}\\u{1fffe}'],
  ] as const) {
    it(`shows ${JSON.stringify(raw)} as ${shown}`, () => expect(printable(raw)).to.equal(shown))
  }

  it('never lets a control, format or surrogate code through, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = printable(text)
        expect(shown).to.not.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(printable(shown)).to.equal(shown)
      }),
    )
  })
})
