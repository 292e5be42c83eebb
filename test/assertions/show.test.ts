import { expect } from 'chai'
import fc from 'fast-check'
import { carried, counted, listed, show } from '../../src/assertions/show.ts'
import type { Json } from '../../src/model/json.ts'

describe('show', () => {
  it('shows JSON on one line, and what is absent', () => {
    expect(show({ a: [1, 'x', null], b: undefined })).to.equal('{"a": [1, "x", null]}')
    expect(show(undefined)).to.equal('absent')
    expect(show('line\nend')).to.equal('"line\\nend"')
  })

  it('stays short for any value, also a wide and deep one', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => show(JSON.parse(JSON.stringify(value))).length <= 201))
    let wide: Json = 'x'.repeat(1_000)
    for (let depth = 0; depth < 1_000; depth += 1) wide = [wide, wide, wide]
    expect(show(wide)).to.have.length.at.most(201)
  })
})

describe('carried', () => {
  it('carries a small value whole', () => {
    expect(carried({ a: '…' })).to.deep.equal({ a: '…' })
  })

  it('carries the short text of a large or deep one', () => {
    expect(carried('x'.repeat(10_000))).to.have.length.below(2_100)
    let deep: Json = 1
    for (let depth = 0; depth < 20_000; depth += 1) deep = [deep]
    expect(carried(deep)).to.be.a('string')
  })
})

describe('listed', () => {
  it('lists names as a sentence does', () => {
    expect([listed([], 'or'), listed(['a'], 'or'), listed(['a', 'b'], 'or'), listed(['a', 'b', 'c'], 'and')]).to.deep.equal([
      '',
      'a',
      'a or b',
      'a, b and c',
    ])
  })
})

describe('counted', () => {
  it('knows one from many', () => {
    expect([counted(0, 'visit'), counted(1, 'visit'), counted(2, 'visit')]).to.deep.equal(['0 visits', '1 visit', '2 visits'])
  })
})
