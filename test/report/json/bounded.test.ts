import { expect } from 'chai'
import fc from 'fast-check'
import type { Json } from '../../../src/model/json.ts'
import { bounded } from '../../../src/report/json/bounded.ts'

describe('bounded', () => {
  it('copies what is small as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        expect(bounded(value as Json)).to.deep.equal(value)
      }),
    )
  })

  for (const [what, value, expected] of [
    ['a long text', 'a'.repeat(2_005), `${'a'.repeat(2_000)}… 5 more characters`],
    ['a long list', Array.from({ length: 102 }, () => 1), [...Array.from({ length: 100 }, () => 1), '… 2 more']],
    ['an absent value', { a: undefined }, {}],
  ] as const) {
    it(`says what it left out of ${what}`, () => {
      expect(bounded(value)).to.deep.equal(expected)
    })
  }

  it('cuts depth', () => {
    let deep: Json = 'bottom'
    for (let level = 0; level < 20_000; level += 1) deep = [deep]
    expect(JSON.stringify(bounded(deep)))
      .to.contain('deeper levels left out')
      .and.to.have.length.below(100)
  })

  it('cuts the sum of everything', () => {
    const wide = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => ({ a: 1, b: 2 })))
    expect(JSON.stringify(bounded(wide)).length).to.be.below(40_000)
  })

  it('keeps __proto__ an ordinary key', () => {
    const value = JSON.parse('{"__proto__":{"polluted":1}}')
    expect(JSON.stringify(bounded(value))).to.equal('{"__proto__":{"polluted":1}}')
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined)
  })
})
