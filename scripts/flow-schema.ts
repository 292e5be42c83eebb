/**
 * Puts the schema of flow files together from its parts under schemas/flow/: base.json for what every flow has, and one part for
 * each type of node. A part says what the type adds to `id`, `type` and `label`; its `summary` is shown where an editor explains the
 * word behind `type`, and its `snippet` is what an editor offers to write. Editors get one file that holds all.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeTypes } from '../src/flow/node-types.ts'

type Schema = { readonly [keyword: string]: unknown }

interface Part extends Schema {
  readonly description: string
  readonly summary: string
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly snippet?: { readonly description: string; readonly body: Schema & { readonly id: string } }
}

interface NodeType {
  readonly name: string
  readonly part: Part
}

interface Base extends Schema {
  readonly properties: Readonly<Record<string, Schema>> & { readonly nodes: Schema }
  readonly definitions: Readonly<Record<string, Schema>> & { readonly node: NodeBase }
}

interface NodeBase extends Schema {
  readonly properties: Readonly<Record<string, Schema>> & { readonly type: Schema }
}

const folder = join(import.meta.dirname, '../schemas/flow')
const bundleFile = join(import.meta.dirname, '../schemas/flow.schema.json')

/** The schema that flow files are held against, and that editors use. */
export function flowSchema(): Schema {
  const base = readPart<Base>('base')
  const types = [...nodeTypes.keys()].map((name) => ({ name, part: readPart<Part>(kebabCase(name)) }))
  const { nodes, ...properties } = base.properties
  const { node, ...definitions } = base.definitions
  return {
    ...base,
    properties: { ...properties, nodes: { ...nodes, defaultSnippets: types.flatMap(snippetOf) } },
    definitions: { ...definitions, node: nodeOf(node, types), ...Object.fromEntries(types.map((type) => [type.name, definitionOf(type)])) },
  }
}

function readPart<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
}

function kebabCase(pascalCase: string): string {
  return pascalCase.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
}

function nodeOf(base: NodeBase, types: readonly NodeType[]): Schema {
  const { type, ...properties } = base.properties
  const names = types.map(({ name }) => name)
  return {
    ...base,
    properties: { ...properties, type: { enum: names, ...type, enumDescriptions: types.map(({ part }) => part.description) } },
    allOf: names.map((name) => ({
      if: { properties: { type: { const: name } }, required: ['type'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { $ref: `#/definitions/${name}` },
    })),
  }
}

function definitionOf({ name, part }: NodeType): Schema {
  const { description, summary, required = [], properties = {}, snippet: _snippet, ...rest } = part
  return {
    title: name,
    description,
    type: 'object',
    required: ['id', 'type', ...required],
    additionalProperties: false,
    properties: {
      id: { $ref: '#/definitions/id' },
      type: { const: name, description: summary },
      label: { $ref: '#/definitions/label' },
      ...properties,
    },
    ...rest,
  }
}

function snippetOf({ name, part: { snippet } }: NodeType): Schema[] {
  if (!snippet) return []
  const { id, ...fields } = snippet.body
  return [{ label: name, description: snippet.description, body: { id, type: name, ...fields } }]
}

/** The text of the committed file. */
export function flowSchemaText(): string {
  return `${JSON.stringify(flowSchema(), undefined, 2)}\n`
}

/** Writes schemas/flow.schema.json. */
export function writeFlowSchema(): void {
  writeFileSync(bundleFile, flowSchemaText())
}
