import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { SchemaError } from '../schema/validator.ts'
import { type FaultyYaml, readYaml, type YamlDocument } from '../yaml/read-yaml.ts'
import { buildNodes } from './build-nodes.ts'
import type { Draft } from './check.ts'
import { checks } from './checks.ts'
import { joinDiagnoses, locateComplaints } from './complaint.ts'
import { type Diagnosis, fromFaults } from './diagnostic.ts'
import type { Flow } from './flow.ts'
import { isFlowFile } from './flow-file.ts'
import { guessFlowId } from './flow-id.ts'
import { salvage } from './salvage.ts'
import { shapeDiagnosis } from './shape-diagnosis.ts'

/**
 * Reads a flow file, YAML or JSON. Always yields a flow, as far as it can be read: what is wrong stands in `flow.diagnosis`,
 * all of it at once. Where no `flowId` can be read, it is the file's name without its extensions. `file` stands in places.
 */
export function readFlow(text: string, file: string): Flow {
  const reading = readYaml(text, file, { itemLinesOf: 'nodes' })
  return reading.faults ? readFaulty(reading, text, file) : readDocument(reading.value, text, file)
}

/** A flow with a value that YAML would change cannot be called; what else is wrong with it is told all the same. */
function readFaulty({ faults, salvaged }: FaultyYaml, text: string, file: string): Flow {
  const syntax = fromFaults('SYNTAX_ERROR', faults)
  if (!salvaged) return unreadable(text, file, syntax)
  const { errors } = readDocument(salvaged, text, file).diagnosis
  const further = errors.filter(({ location }) => !location || !salvaged.isTold(location))
  return unreadable(text, file, joinDiagnoses([syntax, { errors: further, warnings: [] }]))
}

function readDocument({ value, itemLines }: YamlDocument, text: string, file: string): Flow {
  const errors = isFlowFile(value) ? [] : [...(isFlowFile.errors ?? [])]
  const shape = shapeDiagnosis(errors, value, text, file)
  return isJsonObject(value) ? readDefinition(value, errors, itemLines, { text, file, shape }) : unreadable(text, file, shape)
}

interface Reading {
  readonly text: string
  readonly file: string
  readonly shape: Diagnosis
}

function readDefinition(
  definition: JsonObject,
  errors: readonly SchemaError[],
  lines: readonly number[],
  { text, file, shape }: Reading,
): Flow {
  const { sections, nodes: items, mentioned } = salvage(definition, errors)
  const { nodes, complaints } = buildNodes(items, lines)
  const { version = '1', published = true, name } = sections
  const flow = {
    flowId: flowIdOf(definition) ?? guessFlowId(text, file),
    ...(name === undefined ? {} : { name }),
    version,
    published,
    file,
    entries: entriesOf(sections.entries, nodes),
    variables: sections.variables ?? {},
    hours: new Map(Object.entries(sections.hours ?? {})),
    actions: new Map(Object.entries(sections.actions ?? {})),
    nodes,
    definition,
    source: text,
  }
  const draft: Draft = { ...flow, mentioned }
  const found = [...complaints, ...checks.flatMap((check) => check(draft))]
  return { ...flow, diagnosis: joinDiagnoses([shape, locateComplaints(found, text, file)]) }
}

/** The only Start node is where calls begin, unless the file says otherwise. */
function entriesOf(named: Readonly<Record<string, string>> = {}, nodes: Flow['nodes']): Flow['entries'] {
  const starts = [...nodes.values()].filter(({ type }) => type === 'Start')
  const [only] = starts
  return new Map([...(only && starts.length === 1 ? [['main', only.id] as const] : []), ...Object.entries(named)])
}

function flowIdOf(definition: JsonObject): string | undefined {
  const flowId = definition['flowId']
  return typeof flowId === 'string' && flowId !== '' ? flowId : undefined
}

function unreadable(text: string, file: string, diagnosis: Diagnosis): Flow {
  return {
    flowId: guessFlowId(text, file),
    version: '1',
    published: true,
    file,
    entries: new Map(),
    variables: {},
    hours: new Map(),
    actions: new Map(),
    nodes: new Map(),
    source: text,
    diagnosis,
  }
}
