import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { DEFAULTS } from '../../src/config/defaults.ts'
import { isJsonObject, type Json, type JsonObject } from '../../src/model/json.ts'
import { validateConfig } from '../../src/schema/generated/config.ts'

const schema: JsonObject = JSON.parse(readFileSync('schemas/config.schema.json', 'utf8'))

function* fieldsOf(part: Json | undefined, path: string): Generator<[string, JsonObject]> {
  if (!isJsonObject(part)) return
  for (const [name, field] of Object.entries(isJsonObject(part['properties']) ? part['properties'] : {})) {
    if (isJsonObject(field)) yield [`${path}.${name}`, field]
    yield* fieldsOf(field, `${path}.${name}`)
  }
  for (const [name, definition] of Object.entries(isJsonObject(part['definitions']) ? part['definitions'] : {}))
    yield* fieldsOf(definition, `${path}#${name}`)
}

describe('config.schema.json', () => {
  for (const [path, field] of fieldsOf(schema, 'config')) {
    it(`describes ${path} with examples`, () => {
      expect(field['description']).to.be.a('string')
      expect(field['examples']).to.be.an('array').and.not.have.length(0)
    })
  }

  it('accepts its own examples', () => {
    for (const example of Array.isArray(schema['examples']) ? schema['examples'] : []) expect(validateConfig(example)).to.equal(true)
  })

  it('names the defaults that are in force', () => {
    const defaultOf = (...path: string[]): unknown => {
      const field = path.reduce<Json | undefined>((part, name) => (isJsonObject(part) ? part[name] : undefined), schema)
      return isJsonObject(field) ? field['default'] : undefined
    }
    expect(defaultOf('properties', 'target')).to.equal(DEFAULTS.target)
    expect(defaultOf('properties', 'output')).to.equal(DEFAULTS.output)
    expect(defaultOf('properties', 'retries')).to.equal(DEFAULTS.retries)
    expect(defaultOf('properties', 'strict')).to.equal(DEFAULTS.strict)
    expect(defaultOf('properties', 'scenarios')).to.deep.equal(DEFAULTS.scenarios)
    expect(defaultOf('properties', 'reporters')).to.deep.equal(DEFAULTS.reporters.map(({ name }) => name))
    expect(defaultOf('definitions', 'limits', 'properties', 'requestsAtOnce')).to.equal(DEFAULTS.limits.requestsAtOnce)
    expect(defaultOf('definitions', 'limits', 'properties', 'jobsOpen')).to.equal(DEFAULTS.limits.jobsOpen)
  })
})
