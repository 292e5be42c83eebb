import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { scenarioSchema, scenarioSchemaText } from '../../scripts/scenario-schema.ts'
import { matcherNames } from '../../src/scenario/check-patterns.ts'
import { stepKinds } from '../../src/scenario/step-kinds.ts'

type Schema = Readonly<Record<string, unknown>>
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

const schema = scenarioSchema()
const definitions = isSchema(schema['definitions']) ? schema['definitions'] : {}

/** Every named field, with the way to it. */
function fields(value: unknown, way: string): { readonly way: string; readonly field: Schema }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => fields(item, `${way}/${index}`))
  if (!isSchema(value)) return []
  return Object.entries(value).flatMap(([keyword, inner]) => {
    if (['examples', 'defaultSnippets', 'dependencies', 'if', 'then', 'default'].includes(keyword)) return []
    if (keyword !== 'properties' || !isSchema(inner)) return fields(inner, `${way}/${keyword}`)
    return Object.entries(inner).flatMap(([name, field]) => [
      ...(isSchema(field) ? [{ way: `${way}/${name}`, field }] : []),
      ...fields(field, `${way}/${name}`),
    ])
  })
}

/** What the field says itself, or the definition that it refers to. */
function saying(field: Schema, keyword: string): unknown {
  const name = String(field['$ref'] ?? '').replace('#/definitions/', '')
  const definition = definitions[name]
  return field[keyword] ?? (isSchema(definition) ? definition[keyword] : undefined)
}

describe('scenario.schema.json', () => {
  it('is what its parts make', () => {
    expect(readFileSync(join(import.meta.dirname, '../../schemas/scenario.schema.json'), 'utf8')).to.equal(scenarioSchemaText())
  })

  it('describes every field, and shows examples of all that has a value of its own', () => {
    const all = fields(schema, '')
    expect(all.length).to.be.greaterThan(60)
    const isMatcherHint = (way: string): boolean => way.startsWith('/definitions/value/')
    expect(all.filter(({ field }) => typeof saying(field, 'description') !== 'string').map(({ way }) => way)).to.deep.equal([])
    const withoutExamples = all.filter(
      ({ way, field }) => !isMatcherHint(way) && !way.endsWith('/expect') && !Array.isArray(saying(field, 'examples')),
    )
    expect(withoutExamples.map(({ way }) => way)).to.deep.equal([])
  })

  it('offers completion snippets for every kind of step and what is expected of it', () => {
    for (const { key } of stepKinds) {
      for (const part of ['Input', 'Expect']) {
        expect(definitions, `${key}${part}`).to.have.nested.property(`${key}${part}.defaultSnippets[0].body`)
      }
    }
  })

  it('knows the same matchers as the reader', () => {
    expect(definitions)
      .to.have.nested.property('isMatcher.propertyNames.enum')
      .that.deep.equals([...matcherNames])
  })

  it('stands alone: every reference is to a definition of its own', () => {
    for (const [, name] of scenarioSchemaText().matchAll(/"\$ref": "#\/definitions\/([^"]+)"/g))
      expect(definitions).to.have.property(name ?? '')
    expect(scenarioSchemaText()).to.not.match(/"\$ref": "(?!#)/)
  })

  it('accepts a placeholder wherever a step has a number, a truth value, a list or a mapping', () => {
    const refusing = fields(
      { debug: definitions['debugInput'], expect: definitions['debugExpect'], compile: definitions['compileExpect'] },
      '',
    ).filter(({ field }) => {
      const type = saying(field, 'type')
      return type !== undefined && ![type].flat().includes('string')
    })
    expect(refusing.map(({ way }) => way)).to.deep.equal([])
  })
})
