import type { Json, JsonObject } from '../../model/json.ts'
import { isJsonObject } from '../../model/json.ts'
import type { Demands } from '../demands.ts'
import { demandsOfAssignments } from '../demands-of-assignments.ts'
import type { NodeBase, NodeType } from '../node-type.ts'
import { createTemplate, type Template } from '../template.ts'
import { toNumber } from '../variables.ts'

export interface SetVariableSpec extends NodeBase {
  /** In the order of the file. */
  readonly set: Readonly<Record<string, null | boolean | number | string | Addition>>
}

/** Counts up from the value that the variable has, 0 where it has no number. */
interface Addition {
  readonly add: number | string
}

/** One assignment: its new value, given all variables. */
interface Assignment {
  readonly name: string
  readonly template: Template
  readonly adds: boolean
}

/** Sets variables one after the other; a later one sees what an earlier one set. */
export const setVariable: NodeType<SetVariableSpec> = {
  name: 'SetVariable',
  traceType: 'SetVariable',
  workMs: 1,
  branchRules: () => ({ labels: ['default'], required: ['default'] }),
  uses(spec) {
    const assignments = assignmentsOf(spec)
    return { reads: assignments.flatMap(({ template }) => template.reads), writes: assignments.map(({ name }) => name) }
  },
  demands: demandsOf,
  prepare(spec) {
    const assignments = assignmentsOf(spec)
    return ({ variables }) => ({ kind: 'go', label: 'default', variables: assignments.reduce(assign, variables) })
  },
}

function assignmentsOf({ set }: SetVariableSpec): Assignment[] {
  return Object.entries(set).map(([name, value]) =>
    isAddition(value) ? { name, template: createTemplate(value.add), adds: true } : { name, template: createTemplate(value), adds: false },
  )
}

/** What is counted is a value that no list tells: as if it were made of itself. */
function demandsOf({ set }: SetVariableSpec): Demands {
  const plain = Object.entries(set).flatMap(([name, value]) => (isAddition(value) ? [] : [[name, value] as const]))
  const counted = Object.entries(set).flatMap(([name, value]) => (isAddition(value) ? [{ name, added: createTemplate(value.add) }] : []))
  const { values, links } = demandsOfAssignments(Object.fromEntries(plain))
  return {
    values,
    links: [
      ...links,
      ...counted.flatMap(({ name, added }) =>
        [name, ...added.paths].map((path) => ({ one: { path: name }, other: { path }, isWhole: false })),
      ),
    ],
  }
}

function assign(variables: JsonObject, { name, template, adds }: Assignment): JsonObject {
  const value = template.fill(variables)
  return { ...variables, [name]: adds ? sum(variables[name], value) : value }
}

function sum(before: Json | undefined, added: Json): number {
  return (toNumber(before) ?? 0) + (toNumber(added) ?? 0)
}

function isAddition(value: SetVariableSpec['set'][string]): value is Addition {
  return isJsonObject(value)
}
