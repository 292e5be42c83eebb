/**
 * Puts the schema of scenario files together from its parts under schemas/scenario/: base.json for what every file has, and
 * one part for each kind of step (`input` and `expect`, and definitions of its own). Editors get one file that holds all.
 *
 * The parts describe values. In a file a value may also be a placeholder, so every part of a step accepts one wherever it
 * would refuse such a text; once placeholders are filled in, a step is held against the schema without that.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stepKinds } from '../src/scenario/step-kinds.ts'
import { HOLDS_PLACEHOLDER, ONE_PLACEHOLDER } from '../src/schema/placeholder-patterns.ts'

type Schema = { readonly [keyword: string]: unknown }

interface Part {
  readonly input: Schema
  readonly expect: Schema
  readonly definitions?: Readonly<Record<string, Schema>>
}

interface Base extends Schema {
  readonly definitions: Readonly<Record<string, Schema>> & { readonly scenario: Schema; readonly step: Schema }
}

const kinds = stepKinds.map(({ key }) => key)

const folder = join(import.meta.dirname, '../schemas/scenario')
const bundleFile = join(import.meta.dirname, '../schemas/scenario.schema.json')

/** Definitions of base.json that describe the file and not values in it: there a placeholder would have no value yet. */
const WITHOUT_PLACEHOLDERS = new Set(['scenario', 'step', 'examples', 'placeholderName', 'isMatcher'])

/** Fields of a scenario that a row may fill in, beside those of its steps. */
const SCENARIO_FIELDS_WITH_PLACEHOLDERS = new Set(['tags', 'only', 'retries', 'timeout', 'resource'])

/** The schema that editors use, and that files are held against as they are written. */
export function scenarioSchema(): Schema {
  return bundle(withPlaceholders)
}

/** The schema of one step whose placeholders are filled in. */
export function filledStepSchema(): Schema {
  return partOfFilled('step')
}

/** The schema of a scenario whose placeholders are filled in, those of its steps apart. */
export function filledScenarioSchema(): Schema {
  return partOfFilled('scenario')
}

function partOfFilled(name: string): Schema {
  const { $schema, definitions } = bundle((schema) => schema)
  return { $schema, $ref: `#/definitions/${name}`, definitions }
}

function bundle(accepting: (schema: Schema) => Schema): Schema {
  const base: Base = readPart('base.json')
  const parts = kinds.map((kind) => ({ kind, part: readPart<Part>(`${kind}.json`) }))
  const { scenario, step, ...others } = base.definitions
  const valueDefinitions = Object.entries(others).map(([name, schema]) => [
    name,
    WITHOUT_PLACEHOLDERS.has(name) ? schema : accepting(schema),
  ])
  const ofKinds = parts.flatMap(({ kind, part }) => [
    [inputName(kind), acceptingInside(part.input, accepting)],
    [expectName(kind), acceptingInside(part.expect, accepting)],
    ...Object.entries(part.definitions ?? {}).map(([name, schema]) => [name, accepting(schema)]),
  ])
  return {
    ...base,
    definitions: {
      scenario: withKinds(acceptingFields(scenario, accepting), ['steps']),
      step: withKinds(step, []),
      ...Object.fromEntries(valueDefinitions),
      ...Object.fromEntries(ofKinds),
    },
  }
}

function readPart<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'))
}

function inputName(kind: string): string {
  return `${kind}Input`
}

function expectName(kind: string): string {
  return `${kind}Expect`
}

/** Adds a field for every kind of step, one of which (or of `others`) must be there, and the kind's own `expect`. */
function withKinds(schema: Schema, others: readonly string[]): Schema {
  const kindFields = Object.fromEntries(kinds.map((kind) => [kind, { $ref: `#/definitions/${inputName(kind)}` }]))
  return {
    ...schema,
    properties: { ...objectOf(schema['properties']), ...kindFields },
    oneOf: [...others, ...kinds].map((field) => ({ required: [field] })),
    allOf: kinds.map((kind) => ({
      if: { required: [kind] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { expect: { $ref: `#/definitions/${expectName(kind)}` } } },
    })),
    ...(others.length > 0 && { dependencies: { expect: { oneOf: kinds.map((kind) => ({ required: [kind] })) } } }),
  }
}

function acceptingFields(scenario: Schema, accepting: (schema: Schema) => Schema): Schema {
  const fields = Object.entries(objectOf(scenario['properties']))
  const properties = fields.map(([name, field]) => [name, SCENARIO_FIELDS_WITH_PLACEHOLDERS.has(name) ? accepting(objectOf(field)) : field])
  return { ...scenario, properties: Object.fromEntries(properties) }
}

/** Leaves the outermost object alone: a step is a step, and what stands in it may be a placeholder. */
function acceptingInside(schema: Schema, accepting: (schema: Schema) => Schema): Schema {
  const properties = Object.entries(objectOf(schema['properties'])).map(([name, field]) => [name, accepting(objectOf(field))])
  return { ...schema, properties: Object.fromEntries(properties) }
}

/** The schema, accepting a placeholder wherever it would refuse a text that holds one. */
function withPlaceholders(schema: Schema): Schema {
  const inner = Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, inside(keyword, value)]))
  const { type, pattern, enum: choices } = inner
  if (Array.isArray(choices) && type === undefined) {
    const { enum: _choices, ...annotations } = inner
    return { ...annotations, anyOf: [{ enum: choices }, { type: 'string', pattern: HOLDS_PLACEHOLDER }] }
  }
  if (typeof pattern === 'string') return { ...inner, pattern: `(?:${pattern})|${HOLDS_PLACEHOLDER}` }
  const types = Array.isArray(type) ? type : [type]
  if (type === undefined || types.includes('string')) return inner
  return { ...inner, type: [...types, 'string'], pattern: ONE_PLACEHOLDER }
}

function inside(keyword: string, value: unknown): unknown {
  if (Array.isArray(value)) return ['anyOf', 'allOf'].includes(keyword) ? value.map((each) => withPlaceholders(objectOf(each))) : value
  if (typeof value !== 'object' || value === null) return value
  if (['items', 'additionalProperties', 'then', 'else'].includes(keyword)) return withPlaceholders(objectOf(value))
  if (keyword !== 'properties') return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withPlaceholders(objectOf(field))]))
}

function objectOf(value: unknown): Schema {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`not a schema: ${JSON.stringify(value)}`)
  return value as Schema
}

/** The text of the committed file. */
export function scenarioSchemaText(): string {
  return `${JSON.stringify(scenarioSchema(), undefined, 2)}\n`
}

/** Writes schemas/scenario.schema.json. */
export function writeScenarioSchema(): void {
  writeFileSync(bundleFile, scenarioSchemaText())
}
