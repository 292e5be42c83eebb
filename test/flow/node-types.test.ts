import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect } from 'chai'
import { flowSchemaText } from '../../scripts/flow-schema.ts'
import { nodeTypes } from '../../src/flow/node-types.ts'

interface Part {
  readonly $ref?: string
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly enum?: readonly string[]
  readonly enumDescriptions?: readonly string[]
  readonly const?: string
  readonly properties?: Readonly<Record<string, Part>>
  readonly allOf?: readonly { readonly then: Part }[]
}

const schema: { readonly properties: Readonly<Record<string, Part>>; readonly definitions: Readonly<Record<string, Part>> } = JSON.parse(
  readFileSync('schemas/flow.schema.json', 'utf8'),
)
const docs = readFileSync('docs/flows.md', 'utf8')
const names = [...nodeTypes.keys()].sort()

describe('nodeTypes', () => {
  it('are those of the schema: each has a definition, is chosen by its name, and is described', () => {
    const node = schema.definitions['node']
    expect([...(node?.properties?.['type']?.enum ?? [])].sort()).to.deep.equal(names)
    expect(node?.properties?.['type']?.enumDescriptions).to.have.length(names.length)
    expect(node?.allOf?.map(({ then }) => then.$ref?.split('/').at(-1)).sort()).to.deep.equal(names)
    for (const name of names) expect(schema.definitions[name]?.properties?.['type']?.const).to.equal(name)
  })

  it('stand in the table of the guide, each with what a trace shows', () => {
    const rows = docs.split('\n').flatMap((line) => /^\| `(\w+)` \|.*\| `?(\w+)`?[^|]*\|$/.exec(line) ?? [])
    const table = docs.split('\n').flatMap((line) => {
      const [, name, shown] = /^\| `(\w+)` \|.*\| ([^|]*) \|$/.exec(line) ?? []
      return name === undefined || !nodeTypes.has(name) ? [] : [[name, shown] as const]
    })
    expect(rows).to.not.have.length(0)
    expect(table.map(([name]) => name).sort()).to.deep.equal(names)
    for (const [name, shown] of table) {
      const type = nodeTypes.get(name)
      expect(shown).to.include(type?.executable === false ? 'never' : `\`${type?.traceType}\``)
    }
  })
})

describe('schemas/flow.schema.json', () => {
  it('is what its parts make', () => {
    expect(readFileSync('schemas/flow.schema.json', 'utf8')).to.equal(flowSchemaText())
  })

  it('has no part that no node type asks for', () => {
    const parts = readdirSync('schemas/flow').map((file) => file.replace(/-|\.json$/g, ''))
    expect(parts.sort()).to.deep.equal(['base', ...names.map((name) => name.toLowerCase())].sort())
  })

  const ajv = new Ajv({ strict: false })
  ajv.addSchema(schema, 'flow')

  const fields = [
    ...Object.keys(schema.properties).map((name) => `properties/${name}`),
    ...Object.entries(schema.definitions).flatMap(([definition, { properties = {} }]) => [
      `definitions/${definition}`,
      ...Object.keys(properties).map((name) => `definitions/${definition}/properties/${name}`),
    ]),
  ]

  function partAt(path: string): Part {
    const part = path.split('/').reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], schema) as Part
    return part.$ref === undefined ? part : partAt(part.$ref.slice(2))
  }

  it('describes every field', () => {
    expect(fields.filter((path) => partAt(path).description === undefined && !path.includes('scalar'))).to.deep.equal([])
  })

  it('has only examples that it accepts', () => {
    for (const path of fields) {
      for (const example of partAt(path).examples ?? []) {
        expect(ajv.validate(`flow#/${path}`, example), `${path}: ${JSON.stringify(example)} ${ajv.errorsText()}`).to.equal(true)
      }
    }
  })
})
