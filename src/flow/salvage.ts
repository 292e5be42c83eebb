import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { parsePointer } from '../schema/schema-faults.ts'
import type { SchemaError } from '../schema/validator.ts'
import { type FlowFile, isFlowFile } from './flow-file.ts'
import type { NodeBase } from './node-type.ts'

/** What can be used of a flow file: all of it, or what is left without its faulty parts. */
export interface Salvage {
  readonly sections: Omit<FlowFile, 'flowId' | 'nodes'>
  /** One for each item of `nodes`, in their order. */
  readonly nodes: readonly SalvagedNode[]
  /** Every key and text in the parts that were left out: names that may well exist. */
  readonly mentioned: ReadonlySet<string>
}

export interface SalvagedNode {
  readonly raw: Json
  /** Absent where the node is faulty. */
  readonly spec?: NodeBase
}

/** Leaves out each section and each node that the schema complains about, and proves the rest again. */
export function salvage(definition: JsonObject, errors: readonly SchemaError[]): Salvage {
  const lost = errors.map(pathOf)
  const lostSections = new Set(lost.map(([section]) => section))
  const lostNodes = new Set(lost.map(([section, index]) => (section === 'nodes' ? index : undefined)))
  const nodes = toList(definition['nodes'])
  const sections = Object.entries(definition).filter(([section]) => section === 'nodes' || !lostSections.has(section))
  const rest: unknown = { ...Object.fromEntries(sections), flowId: 'any', nodes: nodes.filter((_node, index) => !lostNodes.has(index)) }
  if (!isFlowFile(rest)) return { sections: {}, nodes: nodes.map((raw) => ({ raw })), mentioned: namesIn([definition]) }
  const { nodes: sound, flowId: _flowId, ...kept } = rest
  const specs = sound.values()
  return {
    sections: kept,
    nodes: nodes.map((raw, index) => {
      const spec = lostNodes.has(index) ? undefined : specs.next().value
      return { raw, ...(spec ? { spec } : {}) }
    }),
    mentioned: namesIn([
      ...Object.entries(definition).flatMap(([section, value]) => (section !== 'nodes' && lostSections.has(section) ? [value] : [])),
      ...nodes.filter((_node, index) => lostNodes.has(index)),
    ]),
  }
}

function pathOf({ instancePath, params }: SchemaError): readonly (string | number)[] {
  const extra = params['additionalProperty']
  return typeof extra === 'string' ? [...parsePointer(instancePath), extra] : parsePointer(instancePath)
}

function namesIn(values: readonly (Json | undefined)[]): ReadonlySet<string> {
  const names = new Set<string>()
  const collect = (value: Json | undefined): void => {
    if (typeof value === 'string') names.add(value)
    if (Array.isArray(value)) value.forEach(collect)
    if (!isJsonObject(value)) return
    for (const name of Object.keys(value)) names.add(name)
    Object.values(value).forEach(collect)
  }
  values.forEach(collect)
  return names
}

function toList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
