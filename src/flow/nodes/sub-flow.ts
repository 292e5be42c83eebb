import type { Json, JsonObject } from '../../model/json.ts'
import { demandsOfAssignments } from '../demands-of-assignments.ts'
import type { NodeBase, NodeType } from '../node-type.ts'
import { createTemplates } from '../template.ts'
import { createPathReader, variableOf } from '../variables.ts'

export interface SubFlowSpec extends NodeBase {
  readonly flowId: string
  /** @default 'main' */
  readonly entry?: string
  /** Variables of that flow → values. */
  readonly inputs?: Readonly<Record<string, Json>>
  /** Variables of this flow → variables of that one. */
  readonly outputs?: Readonly<Record<string, string>>
}

/** Calls another flow and comes back. */
export const subFlow: NodeType<SubFlowSpec> = {
  name: 'SubFlow',
  traceType: 'SubFlow',
  workMs: 5,
  branchRules: () => ({ labels: ['default'], required: ['default'] }),
  uses: ({ flowId, entry = 'main', inputs = {}, outputs = {} }) => ({
    reads: createTemplates(inputs).reads,
    writes: Object.keys(outputs),
    flow: { flowId, entry, returns: true, variables: [...Object.keys(inputs), ...Object.values(outputs).map(variableOf)] },
  }),
  demands({ flowId, inputs, outputs = {} }) {
    const given = demandsOfAssignments(inputs, flowId)
    const returned = Object.entries(outputs).map(([path, other]) => ({ one: { path }, other: { flowId, path: other }, isWhole: true }))
    return { values: given.values, links: [...given.links, ...returned] }
  },
  prepare({ flowId, entry = 'main', inputs, outputs }) {
    const given = createTemplates(inputs)
    const returned = createReaders(outputs)
    return ({ variables }) => ({ kind: 'enter', flowId, entry, inputs: given.fill(variables), outputs: returned })
  },
}

function createReaders(outputs: Readonly<Record<string, string>> = {}): (variables: JsonObject) => JsonObject {
  const readers = Object.entries(outputs).map(([name, path]) => [name, createPathReader(path)] as const)
  return (variables) => Object.fromEntries(readers.map(([name, read]) => [name, read(variables) ?? null]))
}
