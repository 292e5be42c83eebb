import { expect } from 'chai'
import fc from 'fast-check'
import type { Json } from '../../src/model/json.ts'
import { cutText, showCount, showDuration, showValue } from '../../src/report/show.ts'

describe('showValue', () => {
  for (const [value, text] of [
    ['a "b"', '"a \\"b\\""'],
    [['node_start', 'node_exit'], '["node_start", "node_exit"]'],
    [{ a: { b: [] }, c: null }, '{"a": {"b": []}, "c": null}'],
    [{ in: ['a [', '] b', {}] }, '{"in": ["a [", "] b", {}]}'],
    ['\u001b[2J', '"\\u001b[2J"'],
  ] as const) {
    it(`shows ${text}`, () => {
      expect(showValue(value)).to.equal(text)
    })
  }

  it('is one line that means the same value, where it is not cut', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: fc.nat(0x2100).map((unit) => String.fromCharCode(unit)) }), (value) => {
        const text = showValue(value as Json)
        fc.pre(!text.includes('\\u{'))
        expect(text).to.not.match(/\p{Cc}/u)
        if (text.length < 2_000) expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('says how much it left out', () => {
    expect(showValue('a'.repeat(5_000))).to.match(/^"a{1999}… \(3002 more characters\)$/)
  })
})

describe('showDuration', () => {
  for (const [ms, text] of [
    [0, '0 ms'],
    [84.6, '85 ms'],
    [1_000, '1.0 s'],
    [59_999, '59.9 s'],
    [60_000, '1 min 00 s'],
    [185_400, '3 min 05 s'],
    [7_200_000, '120 min 00 s'],
  ] as const) {
    it(`shows ${ms} as ${text}`, () => {
      expect(showDuration(ms)).to.equal(text)
    })
  }
})

describe('showCount', () => {
  it('knows one from many', () => {
    expect([showCount(0, 'file'), showCount(1, 'file'), showCount(2, 'try', 'tries')]).to.deep.equal(['0 files', '1 file', '2 tries'])
  })
})

describe('cutText', () => {
  it('is the beginning, at most so long, and never half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(12), (text, length) => {
        const cut = cutText(text, length)
        expect(text.startsWith(cut)).to.equal(true)
        expect(cut.length).to.be.within(Math.min(text.length, Math.max(0, length - 1)), length)
        expect(/\p{Cs}/u.test(cut)).to.equal(false)
      }),
    )
  })
})
