import { expect } from 'chai'
import fc from 'fast-check'
import type { Json } from '../../src/model/json.ts'
import { fill } from '../../src/scenario/fill.ts'

const filled = (value: Json, values: Record<string, Json>): Json => {
  const { value: result, complaints } = fill(value, values)
  expect(complaints).to.deep.equal([])
  return result
}
const name = fc.stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/).filter((text) => text !== 'steps' && text !== '__proto__')
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>

describe('fill', () => {
  it('keeps the type of a value that is one placeholder', () => {
    fc.assert(
      fc.property(name, json, (key, value) => {
        expect(filled([`\${${key}}`], { [key]: value })).to.deep.equal([value])
      }),
    )
  })

  it('puts texts and numbers into texts as they are, and looks at them no more', () => {
    fc.assert(
      fc.property(name, fc.string(), fc.string(), fc.string(), (key, before, after, value) => {
        const literal = (text: string): string => text.replaceAll('$', '').replaceAll('{', '')
        const text = `${literal(before)}<\${${key}}>${literal(after)}`
        expect(filled(text, { [key]: value })).to.equal(`${literal(before)}<${value}>${literal(after)}`)
      }),
    )
  })

  it('gives back any text whose ${ is escaped', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('${', '$', '{', '}', 'a', '${a}', '$$')), (pieces) => {
        const text = pieces.join('')
        expect(
          filled(
            text.replaceAll('${', () => '$${'),
            {},
          ),
        ).to.equal(text)
      }),
    )
  })

  it('returns a value without placeholders itself', () => {
    fc.assert(
      fc.property(json, (value) => {
        if (!JSON.stringify(value).includes('${')) expect(fill(value, {}).value).to.equal(value)
      }),
    )
  })

  it('complains about what nothing has the name of, at its place, and offers the nearest name', () => {
    const { complaints } = fill({ a: ['x', 'to ${quue}'] }, { queue: 'q' })
    expect(complaints.map(({ at, fault }) => [at, fault.code, fault.advice])).to.deep.equal([
      [['a', 1], 'UNKNOWN_PLACEHOLDER', 'did you mean "${queue}"?'],
    ])
  })

  for (const text of ['${constructor}', '${__proto__}', '${toString}', '${hasOwnProperty}']) {
    it(`does not know ${text}, which every object has`, () =>
      expect(fill(text, {}).complaints[0]?.fault.code).to.equal('UNKNOWN_PLACEHOLDER'))
  }

  for (const text of ['${1+1}', '${a.b}', '${}', '${ a }', '${a', '${a{b}}', '${steps.a}', '${process.exit()}', '${`x`}', '${a??b}']) {
    it(`calculates nothing: ${text}`, () =>
      expect(fill(text, { a: 'A', b: 'B' }).complaints[0]?.fault.code).to.equal('MALFORMED_PLACEHOLDER'))
  }

  it('fills in keys, where references keep finding their way', () => {
    const { value, references } = fill({ 'n_${a}': { x: '${steps.s.f}' } }, { a: 1 })
    expect(value).to.deep.equal({ n_1: { x: '${steps.s.f}' } })
    expect(references[0]?.at).to.deep.equal(['n_1', 'x'])
  })
})
