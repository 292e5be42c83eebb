import { expect } from 'chai'
import fc from 'fast-check'
import { JsonError, parseJson } from '../../src/api/parse-json.ts'

const parse = (text: string): unknown => parseJson(Buffer.from(text))

describe('parseJson', () => {
  it('reads every JSON value as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parse(text)).to.deep.equal(JSON.parse(text))
      }),
    )
  })

  it('reads whatever it was made from, with any keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value, undefined, 2)
        expect(parse(text)).to.deep.equal(JSON.parse(text))
      }),
    )
  })

  it('yields undefined for no bytes, and leaves out a byte order mark', () => {
    expect(parse('')).to.equal(undefined)
    expect(parse('\uFEFF{"a":1}')).to.deep.equal({ a: 1 })
  })

  const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
  const refused: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['nesting of 20,000 levels', deep(20_000), 'is nested deeper than 100 levels'],
    ['objects nested 20,000 levels', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, 'is nested deeper than 100 levels'],
    ['nesting that never ends', '['.repeat(20_000), 'is not valid JSON'],
    ['a key that stands twice', '{"a":1,"b":2,"a":3}', 'has the key "a" twice in one object'],
    ['a key that stands twice, once escaped', '{"a":1,"\\u0061":2}', 'has the key "\\u0061" twice in one object'],
    ['a key that stands twice deep inside', '{"x":[{"a":{}},{"a" : 1,\n"a" : 2}]}', 'has the key "a" twice in one object'],
    ['blank space', ' \n ', 'is empty'],
    ['HTML', '<!doctype html><html></html>', 'is not valid JSON'],
    ['a cut-off object', '{"path":["a"', 'is not valid JSON'],
    ['two values', '{} {}', 'is not valid JSON'],
    ['NaN', 'NaN', 'is not valid JSON'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'is not UTF-8'],
    ['UTF-16', Buffer.from('{}', 'utf16le'), 'is not valid JSON'],
  ]
  for (const [name, body, message] of refused) {
    it(`refuses ${name}`, () => {
      expect(() => parseJson(Buffer.from(body))).to.throw(JsonError, message)
    })
  }

  it('lets 100 levels and the same key in different objects through', () => {
    expect(parse(deep(100))).to.be.an('array')
    expect(parse('[{"a":1},{"a":{"a":2}}]')).to.deep.equal([{ a: 1 }, { a: { a: 2 } }])
    expect(parse('{"a":"b","b":"a","c":"\\"a\\":"}')).to.have.keys('a', 'b', 'c')
  })

  it('keeps __proto__ a plain key', () => {
    const value = parse('{"__proto__":{"polluted":true},"constructor":1}')
    expect(Object.keys(value as object)).to.deep.equal(['__proto__', 'constructor'])
    expect({}).not.to.have.property('polluted')
  })

  it('is quick with a trace of 100,000 entries', () => {
    const trace = Array.from({ length: 100_000 }, (_, index) => ({
      nodeId: `node_${index}`,
      type: 'Menu',
      timestamp: index,
      input: { dtmf: '1' },
    }))
    const bytes = Buffer.from(JSON.stringify({ path: [], trace }))
    const startedAtMs = performance.now()
    parseJson(bytes)
    expect(performance.now() - startedAtMs).to.be.below(5000)
  })
})
