import { expect } from 'chai'
import fc from 'fast-check'
import { dialectOf } from '../../../src/report/junit/dialect.ts'
import { xmlLine, xmlText } from '../../../src/report/junit/junit-text.ts'
import { junitXml } from '../../../src/report/junit/junit-xml.ts'
import { elementsOf, parseXml } from '../support/parse-xml.ts'

const DEFAULT = dialectOf(undefined)

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(']', '>', '<', '&', '"', '\n', '\r', '\t', ' ', ';', '\ud800', '\udc00', '\u0000', '[', '!', 'C') }),
)

describe('junitXml', () => {
  it('gives back every text that XML can hold', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [name, story] = [xmlLine(text, 512), xmlText(text)]
        const result = { element: 'failure', message: name, type: name, text: story } as const
        const earlier = [{ message: name, type: name, text: story }]
        const testCase = {
          name,
          classname: name,
          file: name,
          line: 7,
          durationMs: 1,
          result,
          properties: [{ name: 'flow', value: name }],
          attachment: 'a.json',
          output: story,
          earlier,
        }
        const counts = { tests: 1, failures: 1, errors: 0, durationMs: 1 }
        const xml = [
          ...junitXml(
            {
              name,
              ...counts,
              suites: [{ name, timestamp: undefined, hostname: name, properties: [{ name: 'target', value: name }], cases: [testCase] }],
            },
            DEFAULT,
          ),
        ].join('')
        const root = parseXml(xml)
        const failure = elementsOf(root, 'failure')[0]
        const rerun = elementsOf(root, 'rerunFailure')[0]
        expect(root.attributes['name']).to.equal(name)
        expect(root.children[0]?.attributes).to.include({ name, hostname: name })
        expect(elementsOf(root, 'testcase')[0]?.attributes).to.include({ name, classname: name, file: name, line: '7' })
        for (const element of [failure, rerun]) {
          expect([element?.attributes['message'] ?? '', element?.attributes['type'] ?? '']).to.deep.equal([name, name])
        }
        expect(elementsOf(root, 'property').map(({ attributes }) => attributes['value'] ?? '')).to.deep.equal([name, name])
        expect(elementsOf(root, 'system-out')[0]?.text).to.equal(`[[ATTACHMENT|a.json]]\n${story}`)
        expect([failure?.text, elementsOf(root, 'stackTrace')[0]?.text]).to.deep.equal([story, story])
      }),
    )
  })

  it('is an empty report where there is nothing', () => {
    expect(
      parseXml([...junitXml({ name: 'x', tests: 0, failures: 0, errors: 0, durationMs: 0, suites: [] }, DEFAULT)].join('')),
    ).to.deep.equal({
      name: 'testsuites',
      attributes: { name: 'x', tests: '0', failures: '0', errors: '0', time: '0' },
      children: [],
      text: '\n',
    })
  })
})
