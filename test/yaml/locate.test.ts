import { expect } from 'chai'
import fc from 'fast-check'
import { stringify } from 'yaml'
import type { Json } from '../../src/model/json.ts'
import type { Pointer } from '../../src/model/place.ts'
import { locate, openLocator } from '../../src/yaml/locate.ts'

const TEXT = `suite: S
base: &base
  dtmf: "1"
  nested: { a: [x, yy] }
scenarios:
  - name: first
    debug: *base
  - { name: second, debug: { dtmf: } }
`
const at = (pointer: Pointer): string => {
  const { line, column, length } = locate(TEXT, 'f.yaml', pointer)
  return `${line}:${column}+${length}`
}

describe('locate', () => {
  it('finds values in blocks, brackets and lists', () => {
    expect(at(['suite'])).to.equal('1:8+1')
    expect(at(['base', 'nested', 'a', 1])).to.equal('4:20+2')
    expect(at(['scenarios', 1, 'name'])).to.equal('8:13+6')
  })

  it('finds an alias where it stands, and what it stands for below its anchor', () => {
    expect(at(['scenarios', 0, 'debug'])).to.equal('7:12+5')
    expect(at(['scenarios', 0, 'debug', 'dtmf'])).to.equal('3:9+3')
    expect(at(['scenarios', 0, 'debug', 'nested', 'a', 0])).to.equal('4:17+1')
  })

  it('finds a value that is left out at its key', () => {
    expect(at(['scenarios', 1, 'debug', 'dtmf'])).to.equal('8:30+4')
  })

  for (const [what, lineEnd] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    it(`finds values in the items of a list that is too long to be composed at once (${what})`, () => {
      const items = Array.from({ length: 12_000 }, (_none, index) => `  - name: n${index}${lineEnd}    debug: { dtmf: "1" }`)
      const text = ['suite: S', 'scenarios:', ...items, 'flow: f'].join(lineEnd)
      const locator = openLocator(text, 'f.yaml')
      expect(locator.placeOf(['scenarios', 7, 'debug', 'dtmf'])).to.include({
        line: 18,
        column: 20,
        length: 3,
        source: '    debug: { dtmf: "1" }',
      })
      expect(locator.keyPlaceOf(['scenarios', 11_999, 'debug'])).to.include({ line: 24_002, column: 5, length: 5 })
      expect(locator.plainTextOf(['scenarios', 8_000, 'name'])).to.equal('n8000')
    })
  }

  it('finds what is not there at the nearest value above', () => {
    expect(at(['scenarios', 0, 'debug', 'speech', 'x'])).to.equal('7:12+5')
    expect(at(['scenarios', 7])).to.equal(at(['scenarios']))
    expect(at(['nope'])).to.equal(at([]))
  })

  it('follows the last anchor of a name before the alias', () => {
    const text = 'a: &x 1\nb: *x\nc: &x [2]\nd: [*x]\n'
    expect(locate(text, 'f', ['d', 0, 0]).line).to.equal(3)
  })

  it('has something to say about texts that are no YAML', () => {
    for (const text of ['', '{', '['.repeat(5_000), 'a: *', '\0']) expect(locate(text, 'f', ['a', 0]).line, text).to.equal(1)
  })

  it('counts columns in UTF-16 code units and lines at any line end', () => {
    expect(locate('a: 1\r\n"👍": [é, x]\r\n', 'f', ['👍', 1])).to.deep.equal({
      file: 'f',
      line: 2,
      column: 11,
      length: 1,
      source: '"👍": [é, x]',
    })
  })

  it('leaves the source out where a line is very long', () => {
    expect(locate(`a: [${'x, '.repeat(5_000)}]`, 'f', ['a', 4_000])).to.not.have.property('source')
  })

  it('points at the text of every scalar of any document', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.boolean(), (value, isFlow) => {
        const text = stringify(value, {
          lineWidth: 0,
          collectionStyle: isFlow ? 'flow' : 'block',
          defaultStringType: 'QUOTE_DOUBLE',
          defaultKeyType: 'QUOTE_DOUBLE',
        })
        const locator = openLocator(text, 'f')
        for (const { pointer, scalar } of scalars(value as Json)) {
          if (typeof scalar !== 'string' || scalar.includes('\n')) continue
          const { source = '', column, length = 1 } = locator.placeOf(pointer)
          expect(JSON.parse(source.slice(column - 1, column - 1 + length))).to.equal(scalar)
        }
      }),
    )
  })
})

function scalars(value: Json, pointer: Pointer = []): { readonly pointer: Pointer; readonly scalar: Json }[] {
  if (typeof value !== 'object' || value === null) return [{ pointer, scalar: value }]
  return Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : scalars(item, [...pointer, Array.isArray(value) ? Number(key) : key]),
  )
}
