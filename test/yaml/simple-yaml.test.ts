import { expect } from 'chai'
import fc from 'fast-check'
import { parseDocument, stringify } from 'yaml'
import { readSimpleYaml } from '../../src/yaml/simple-yaml.ts'

const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' })

/** Pieces of which hostile and everyday YAML is made; most combinations are nonsense. */
const piece = fc.constantFrom(
  ...[
    'a: ',
    'b:',
    'a',
    'c',
    '- ',
    '-',
    '  ',
    ' ',
    '\n',
    '\n  ',
    '\n    ',
    '"x"',
    '"x": ',
    "'y'",
    "'y': ",
    '"\\n"',
    '"',
    "'",
    '# c',
    ' # c',
    '#',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ', ',
    ',',
    ': ',
    ':',
    '?',
    '? ',
    '1',
    '-1',
    '+1',
    '01',
    '0x1',
    '1.5',
    '.5',
    '1e3',
    'null',
    '~',
    'true',
    'no',
    '*',
    '*a',
  ],
  ...[
    '&a ',
    '!',
    '!!str ',
    '|',
    '>',
    '|\n',
    '%',
    '@',
    '`',
    '---',
    '---\n',
    '...',
    '\t',
    '\r\n',
    '\u00a0',
    '\u3000',
    '<<: ',
    '__proto__: ',
    '${x}',
    'é',
    '👍',
    'http://a',
    '10:30',
  ],
)
const soup = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''))

function agrees(text: string): void {
  const simple = readSimpleYaml(text)
  if (simple === undefined) return
  const document = parseDocument(text, { uniqueKeys: true, strict: true })
  expect(
    document.errors.map((error) => error.message),
    text,
  ).to.deep.equal([])
  expect(simple.value, text).to.deep.equal(document.toJS())
}

describe('readSimpleYaml', () => {
  for (const style of ['block', 'flow', 'any'] as const) {
    for (const type of ['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'] as const) {
      it(`agrees with the library about values written in ${style} style with ${type} texts`, () => {
        fc.assert(
          fc.property(value, fc.constantFrom(0, 40, 80), fc.boolean(), fc.constantFrom(1, 2, 3), (json, lineWidth, indentSeq, indent) => {
            agrees(
              stringify(json, { collectionStyle: style, defaultStringType: type, defaultKeyType: 'PLAIN', lineWidth, indentSeq, indent }),
            )
          }),
        )
      })
    }
  }

  it('agrees with the library about JSON', () => {
    fc.assert(fc.property(value, fc.constantFrom(0, 2), (json, space) => agrees(JSON.stringify(json, undefined, space))))
  })

  it('agrees with the library about whatever can be put together from pieces of YAML, or leaves it alone', () => {
    fc.assert(fc.property(soup, agrees), { numRuns: Number(process.env['CXSPEC_FUZZ'] ?? 3_000) })
  })

  it('agrees with the library about everyday files with a piece put in anywhere', () => {
    fc.assert(
      fc.property(fc.nat(EVERYDAY.length), fc.nat(6), piece, (at, removed, inserted) => {
        agrees(EVERYDAY.slice(0, at) + inserted + EVERYDAY.slice(at + removed))
      }),
      { numRuns: Number(process.env['CXSPEC_FUZZ'] ?? 1_500) },
    )
  })

  it('reads everyday files itself', () => {
    const simple = readSimpleYaml(EVERYDAY, 'scenarios')
    expect(simple?.value).to.deep.equal(parseDocument(EVERYDAY).toJS())
    expect(simple?.itemOffsets.map((offset) => EVERYDAY.slice(offset, offset + 5))).to.deep.equal(['name:', 'name:', 'name:'])
  })

  it('reads them with the line ends of Windows too', () => {
    expect(readSimpleYaml(EVERYDAY.replaceAll('\n', '\r\n'))).to.deep.equal(readSimpleYaml(EVERYDAY))
  })

  it('leaves nesting that is too deep to others', () => {
    for (const opening of ['[', '- ', '{ a: ', '- [']) expect(readSimpleYaml(`${opening.repeat(3_000)}x`), opening).to.equal(undefined)
  })

  it('is linear in the number of keys', () => {
    const keys = Array.from({ length: 300_000 }, (_, index) => `k${index}: ${index}`).join('\n')
    const started = performance.now()
    expect(Object.keys(Object(readSimpleYaml(keys)?.value)).length).to.equal(300_000)
    expect(performance.now() - started).to.be.lessThan(5_000)
  })
})

const EVERYDAY = `# a comment
suite: Main menu
tags: [ivr, smoke]
flow: main-menu # the default
vars: { "key": '1', n: -1.5, yes: true, none: ~ }

scenarios:
  - name: key 1 reaches the sales queue
    debug: { dtmf: "1", speech: 'it''s "me"' }
    expect:
      path: [node_start, ..., { anyOf: [a, b] },
        node_exit]
      exitNode: node_exit
      variables: {
        selected_option: "1\\n\\u00e9",
      }
      avoids:
      - node_error
      - node-2
  # another one
  - name: http://example.test/a#b, 10:30 [x]
    tags:

    steps:
      - id: build
        compile: {}
      - - a
        - b
      -
        debug: {dtmf: "\${key}"}
        "quoted key": 0
  -
    # why
    name: last
    retries: 2
`
