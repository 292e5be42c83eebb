import { expect } from 'chai'
import fc from 'fast-check'
import { classNames, uniqueNames } from '../../../src/report/junit/junit-names.ts'

describe('classNames', () => {
  it('are dotted paths without the extension', () => {
    const files = ['scenarios/ivr/main-menu.cxspec.yaml', 'menu.yml', './a/b.cxspec.yaml', '../other/c.cxspec.yaml']
    expect([...classNames(files).values()]).to.deep.equal(['scenarios.ivr.main-menu', 'menu', 'a.b', 'other.c'])
  })

  it('are whole paths where two files would share one', () => {
    expect([...classNames(['a/b.cxspec.yaml', 'a.b.cxspec.yaml', 'c.cxspec.yaml']).values()]).to.deep.equal([
      'a/b.cxspec.yaml',
      'a.b.cxspec.yaml',
      'c',
    ])
  })
})

describe('uniqueNames', () => {
  it('leaves names that fit', () => {
    expect(
      uniqueNames([
        { id: 'a', name: 'one' },
        { id: 'b', name: 'two' },
      ]),
    ).to.deep.equal(['one', 'two'])
  })

  it('marks those that are the same in XML', () => {
    const [first, second] = uniqueNames([
      { id: 'a', name: 'one' },
      { id: 'b', name: 'one\u0000' },
    ])
    expect(first).to.equal('one')
    expect(second).to.match(/^one \([0-9a-f]{8}\)$/)
  })

  it('gives a name that has nothing left a mark alone', () => {
    expect(uniqueNames([{ id: 'a', name: '\u0000' }])[0]).to.match(/^\([0-9a-f]{8}\)$/)
  })

  it('are unique, within 512 characters and the same every time', () => {
    const name = fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.constant('a'.repeat(600)), fc.constant(`${'a'.repeat(600)}b`))
    fc.assert(
      fc.property(fc.array(name, { maxLength: 20 }), (names) => {
        const entries = names.map((each, index) => ({ id: `${index}`, name: each }))
        const unique = uniqueNames(entries)
        expect(new Set(unique).size).to.equal(names.length)
        expect(unique.every((each) => each.length >= 1 && each.length <= 512)).to.equal(true)
        expect(uniqueNames(entries)).to.deep.equal(unique)
      }),
    )
  })
})
