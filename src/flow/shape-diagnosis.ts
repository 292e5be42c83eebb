import { isJsonObject, type Json } from '../model/json.ts'
import { parsePointer, schemaFaults } from '../schema/schema-faults.ts'
import type { SchemaError } from '../schema/validator.ts'
import { openLocator } from '../yaml/locate.ts'
import { joinDiagnoses } from './complaint.ts'
import { type Diagnosis, type Diagnostic, fromFaults } from './diagnostic.ts'

/** What the schema complains about, each complaint with its place and, inside a node, the node. */
export function shapeDiagnosis(errors: readonly SchemaError[], definition: Json, text: string, file: string): Diagnosis {
  if (errors.length === 0) return { errors: [], warnings: [] }
  const locator = openLocator(text, file)
  const diagnoses = [...groupByNode(errors)].map(([index, group]) => {
    const diagnosis = fromFaults('VALIDATION_ERROR', schemaFaults(group, locator))
    const node = idOf(definition, index)
    return node === undefined ? diagnosis : { ...diagnosis, errors: diagnosis.errors.map((error) => ofNode(error, node, index)) }
  })
  return joinDiagnoses(diagnoses)
}

/** People know a node by its id, and not by its place in the list. */
function ofNode(error: Diagnostic, node: string, index: number): Diagnostic {
  const message = error.message.replace(`nodes[${index}].`, () => `node "${node}": `).replace(`nodes[${index}]`, () => `node "${node}"`)
  return { ...error, message, node }
}

/** By index of the node; -1 for what is in no node. */
function groupByNode(errors: readonly SchemaError[]): ReadonlyMap<number, SchemaError[]> {
  const groups = new Map<number, SchemaError[]>()
  for (const error of errors) {
    const [section, index] = parsePointer(error.instancePath)
    const group = section === 'nodes' && typeof index === 'number' ? index : -1
    groups.set(group, [...(groups.get(group) ?? []), error])
  }
  return groups
}

function idOf(definition: Json, index: number): string | undefined {
  const nodes = isJsonObject(definition) ? definition['nodes'] : undefined
  const node = Array.isArray(nodes) ? nodes[index] : undefined
  const id = isJsonObject(node) ? node['id'] : undefined
  return typeof id === 'string' ? id : undefined
}
