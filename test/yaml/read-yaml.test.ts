import { expect } from 'chai'
import fc from 'fast-check'
import { parse, stringify } from 'yaml'
import type { Fault } from '../../src/model/fault.ts'
import { readYaml } from '../../src/yaml/read-yaml.ts'

const codes = (text: string): string[] => (readYaml(text, 'f.yaml').faults ?? []).map(({ code }) => code)
const first = (text: string): Fault | undefined => readYaml(text, 'f.yaml').faults?.[0]
const valueIn = (text: string): unknown => {
  const reading = readYaml(text, 'f.yaml')
  expect(reading.faults, text).to.equal(undefined)
  return reading.value?.value
}

/** Lines that lead nowhere and everywhere; five kinds of nesting. */
const DEEP = {
  lists: (depth: number) => '['.repeat(depth),
  mappings: (depth: number) => '{a: '.repeat(depth),
  dashes: (depth: number) => `${'- '.repeat(depth)}x`,
  keys: (depth: number) => Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
  complexKeys: (depth: number) => `${'? '.repeat(depth)}x`,
  closedLists: (depth: number) => '['.repeat(depth) + ']'.repeat(depth),
}

describe('readYaml', () => {
  it('reads values of any shape in any style, as the library does', () => {
    const style = fc.constantFrom('block', 'flow', 'any') as fc.Arbitrary<'block' | 'flow' | 'any'>
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), style, fc.constantFrom(0, 20), (value, collectionStyle, lineWidth) => {
        const text = stringify(value, { collectionStyle, lineWidth })
        const reading = readYaml(text, 'f.yaml')
        if (reading.faults)
          expect(
            reading.faults.every(({ code }) => ['NUMBER_CHANGED', 'FORBIDDEN_KEY'].includes(code)),
            text,
          ).to.equal(true)
        else expect(reading.value.value).to.deep.equal(parse(text))
      }),
    )
  })

  it('reads what goes beyond everyday YAML with the library: texts over several lines, anchors, complex quoting', () => {
    expect(valueIn('a: |\n  x\n  y\nb: >-\n  x\n  y\nc: x\n  y\nd: "\\x41\\\n  b"\ne: &e [1]\nf: *e\n')).to.deep.equal({
      a: 'x\ny\n',
      b: 'x y',
      c: 'x y',
      d: 'Ab',
      e: [1],
      f: [1],
    })
  })

  it('tells the line of every item of a list, with and without everyday YAML', () => {
    const text = '# c\nlist:\n  - a: 1\n    b: 2\n\n  -\n    a: 1\n  - [x]\nother: [1]\n'
    const lines = [3, 7, 8]
    expect(readYaml(text, 'f', { itemLinesOf: 'list' }).value?.itemLines).to.deep.equal(lines)
    expect(readYaml(text.replace('[x]', '&x [x]'), 'f', { itemLinesOf: 'list' }).value?.itemLines).to.deep.equal(lines)
    expect(readYaml(text.replaceAll('\n', '\r\n'), 'f', { itemLinesOf: 'list' }).value?.itemLines).to.deep.equal(lines)
  })

  for (const [kind, deep] of Object.entries(DEEP)) {
    it(`refuses ${kind} that are nested too deep, file after file in one process`, () => {
      for (let file = 0; file < 20; file += 1) {
        expect(codes(deep(file === 0 ? 1_400 : 3_000)), `file ${file}`).to.deep.equal(['TOO_DEEP'])
      }
    })
  }

  it('reads 64 levels, and not one more', () => {
    expect(codes(DEEP.closedLists(64))).to.deep.equal([])
    expect(codes(`&a ${DEEP.closedLists(64)}`)).to.deep.equal([])
    expect(codes(DEEP.closedLists(66))).to.deep.equal(['TOO_DEEP'])
  })

  it('counts levels through aliases', () => {
    const chain = Array.from({ length: 10 }, (_, index) => `- &a${index} ${'['.repeat(20)}${index ? `*a${index - 1}` : 1}${']'.repeat(20)}`)
    expect(codes(chain.join('\n'))).to.include('TOO_DEEP')
  })

  it('bounds what aliases add, however few lines it takes, and does so quickly', () => {
    const bomb = [
      '- &a [x, x, x, x, x, x, x, x, x]',
      ...[...'bcdefghij'].map((name, index) => `- &${name} [${`*${'abcdefghij'[index]}, `.repeat(9)}]`),
    ]
    const started = performance.now()
    expect(codes(bomb.join('\n'))).to.include('TOO_MANY_ALIASES')
    const long = `- &a "${'x'.repeat(100_000)}"\n- [${'*a, '.repeat(20)}]\n`
    expect(codes(long)).to.deep.equal(['TOO_MANY_ALIASES'])
    expect(performance.now() - started).to.be.lessThan(2_000)
  })

  it('refuses an alias of what it stands in', () => {
    expect(codes('a: &a { b: *a }')).to.deep.equal(['ALIAS_CYCLE'])
    expect(codes('&a [*a]')).to.deep.equal(['ALIAS_CYCLE'])
  })

  it('reads 300,000 keys, or refuses them where the library would have to compose them, within seconds and 100 MB', () => {
    const keys = Array.from({ length: 300_000 }, (_, index) => `k${index}: ${index}`).join('\n')
    const before = process.memoryUsage().heapUsed
    const started = performance.now()
    expect(Object.keys(Object(valueIn(keys)))).to.have.length(300_000)
    expect(codes(`${keys}\nk7: again`)).to.deep.equal(['TOO_COMPLEX'])
    expect(codes(`x: &x 1\n${keys}`)).to.deep.equal(['TOO_COMPLEX'])
    expect(performance.now() - started).to.be.lessThan(6_000)
    expect(process.memoryUsage().heapUsed - before).to.be.lessThan(200_000_000)
  })

  it('finds a duplicate among 12,000 keys', () => {
    const keys = Array.from({ length: 12_000 }, (_, index) => `k${index}: ${index}`).join('\n')
    expect(first(`${keys}\nk7: again`))
      .to.deep.include({ code: 'DUPLICATE_KEY' })
      .and.have.nested.property('place.line', 12_001)
  })

  for (const text of [
    ','.repeat(300_000),
    `[${','.repeat(300_000)}`,
    `a: ${']'.repeat(300_000)}`,
    `a: "${'x\n'.repeat(200_000)}`,
    '&a '.repeat(100_000),
    '! '.repeat(100_000),
    '*'.repeat(300_000),
    ': '.repeat(100_000),
    '%'.repeat(300_000),
    '---\n'.repeat(100_000),
    '#\n'.repeat(200_000),
    `a: ${'1'.repeat(300_000)}`,
    "'".repeat(300_001),
    '"'.repeat(300_001),
    '\\'.repeat(300_000),
    `a: "${'\\'.repeat(300_000)}`,
    'a:\n'.repeat(100_000),
  ]) {
    it(`bears ${text.length} characters of ${JSON.stringify(text.slice(0, 6))}…`, () => {
      const started = performance.now()
      const { faults } = readYaml(text, 'f.yaml')
      expect(performance.now() - started).to.be.lessThan(3_000)
      for (const { message } of faults ?? []) expect(message.length).to.be.lessThan(400)
    })
  }

  it('never throws, yields faults with places inside the text, and leaves Object.prototype alone', () => {
    const piece = fc.constantFrom(
      ...[
        'a: ',
        '- ',
        '\n',
        '\n  ',
        ' ',
        '"',
        "'",
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '?',
        '*a',
        '&a ',
        '!t ',
        '|\n',
        '>',
        '#',
        '%YAML 1.1',
        '---\n',
        '...\n',
        '\t',
      ],
      ...[
        '${x}',
        '<<: ',
        '__proto__: ',
        'constructor: ',
        'prototype',
        '\u0000',
        '\u2028',
        '\ufeff',
        '\ud800',
        '0x1',
        '+1',
        '007',
        '1e999',
        '~',
        '@',
        '`',
        '\r',
        '\r\n',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('')
        const lines = text.split('\n').length
        for (const { place } of readYaml(text, 'f.yaml').faults ?? []) {
          expect(place?.line).to.be.within(1, lines)
          expect(place?.column).to.be.at.least(1)
        }
        expect(Object.keys(Object.prototype)).to.deep.equal([])
      }),
      { numRuns: 3_000 },
    )
  })

  it('keeps constructor and prototype as ordinary keys, and refuses __proto__ even when it is quoted or in JSON', () => {
    expect(Object.hasOwn(Object(valueIn('constructor: 1\nprototype: { constructor: 2 }')), 'constructor')).to.equal(true)
    for (const text of [
      '__proto__: 1',
      '"__proto__": 1',
      "{ '__proto__': 1 }",
      '{"a": {"__proto__": {"x": 1}}}',
      '? __proto__\n: 1',
      '"\\x5f_proto__": 1',
    ]) {
      expect(codes(text), text).to.deep.equal(['FORBIDDEN_KEY'])
    }
  })

  for (const [text, code, message] of [
    ['a: +15550100', 'NUMBER_CHANGED', 'the + is lost'],
    ['a: 0044', 'NUMBER_CHANGED', 'the leading zeros are lost'],
    ['a: 9007199254740993', 'NUMBER_CHANGED', 'digits past 2^53 are lost'],
    ['a: 0o17', 'NUMBER_CHANGED', 'not written in decimal'],
    ['a: 1e400', 'NUMBER_CHANGED', 'too large'],
    ['a: .inf', 'NOT_A_NUMBER', 'not a number'],
    ['[${x}]', 'UNQUOTED_PLACEHOLDER', '${x}'],
    ['a: *b', 'UNKNOWN_ALIAS', '*b'],
    ['a: 1\n---\nb: 1', 'SEVERAL_DOCUMENTS', 'second document'],
    ['!!binary aGk=', 'TAG', '!!binary'],
    ['%TAG ! x\n---\na: 1', 'DIRECTIVE', '%TAG'],
    ['<<: { a: 1 }', 'MERGE_KEY', '<<'],
    ['1: a', 'KEY_NOT_TEXT', 'the key 1'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(first(text)?.code).to.equal(code)
      expect(first(text)?.message).to.include(message)
      expect(first(text)?.advice).to.be.a('string')
    })
  }

  it('keeps numbers that lose nothing, and texts that only look like values', () => {
    expect(valueIn('[1, -1, 1.50, 1e3, 9007199254740991, "0044", "+1", 1_000, 12:30, 0.1, 1-555-0100, 2024-01-01, no, .5]')).to.deep.equal([
      ...[1, -1, 1.5, 1000, 9007199254740991, '0044', '+1', '1_000', '12:30', 0.1, '1-555-0100', '2024-01-01', 'no', 0.5],
    ])
  })

  it('salvages a document of which only values and keys are at fault: such a value is the text that was written', () => {
    const { faults, salvaged } = readYaml('list:\n  - a: 0044\n  - { b: *x, b: 2, 1: c }\n', 'f.yaml', { itemLinesOf: 'list' })
    expect(faults?.map(({ code }) => code)).to.deep.equal(['NUMBER_CHANGED', 'UNKNOWN_ALIAS', 'DUPLICATE_KEY', 'KEY_NOT_TEXT'])
    expect(salvaged?.value).to.deep.equal({ list: [{ a: '0044' }, { b: '*x' }] })
    expect(salvaged?.itemLines).to.deep.equal([2, 3])
    expect([...(salvaged?.standIns ?? [])]).to.deep.equal(['0044', '*x'])
  })

  it('knows of which places of a salvaged document nothing more is to be said', () => {
    const { salvaged } = readYaml('a: 007\nb: { 1: x, c: 3, d: { e: 4 } }\nf: { g: *, h: 5 }\n', 'f.yaml')
    const told = (line: number, column: number) => salvaged?.isTold({ file: 'f.yaml', line, column })
    expect([told(1, 4), told(2, 4), told(2, 12), told(2, 15), told(3, 12)], 'value, mapping, its key and value, line').to.not.include(false)
    expect([told(1, 1), told(2, 1), told(2, 23), told(4, 1)], 'what stands around and below').to.deep.equal([false, false, false, false])
  })

  for (const text of [
    'a: [007',
    'a: 007\n---\nb: 1',
    'a: 007\n b: 1',
    `a: 007\nb: ${'['.repeat(66)}${']'.repeat(66)}`,
    `[${'007, '.repeat(101)}]`,
  ]) {
    it(`salvages nothing of ${JSON.stringify(text.slice(0, 20))}`, () => {
      expect(readYaml(text, 'f.yaml')).to.have.property('faults').and.not.be.empty
      expect(readYaml(text, 'f.yaml').salvaged).to.equal(undefined)
    })
  }
})
