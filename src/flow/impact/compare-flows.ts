import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Flow, FlowNode } from '../flow.ts'
import type { Library } from '../library.ts'
import { nodeTypes } from '../node-types.ts'
import type { BranchChange, FlowChange, NodeChange, SettingChange } from './flow-change.ts'

/** The changes of all flows of `flowIds`, in that order; one that neither library has is left out. */
export function compareLibraries(before: Library, after: Library, flowIds: Iterable<string>): FlowChange[] {
  return [...flowIds].flatMap((flowId) => {
    const [old, now] = [before.get(flowId), after.get(flowId)]
    return old || now ? [compareFlows(flowId, old, now)] : []
  })
}

/** Compares two versions of a flow by the ids of nodes and the labels of branches. Linear in both. */
export function compareFlows(flowId: string, before: Flow | undefined, after: Flow | undefined): FlowChange {
  const nodes = nodeChanges(nodesOf(before), nodesOf(after), before, after)
  const branches = branchChanges(nodesOf(before), nodesOf(after))
  const settings = settingChanges(before, after)
  const isSame = nodes.length + branches.length + settings.length === 0
  const kind = !before ? 'added' : !after ? 'removed' : isSame ? 'same' : 'changed'
  return { flowId, kind, ...(before ? { before } : {}), ...(after ? { after } : {}), nodes, branches, settings }
}

type Nodes = ReadonlyMap<string, FlowNode>

function nodesOf(flow: Flow | undefined): Nodes {
  return new Map([...(flow?.nodes ?? [])].filter(([, { type }]) => nodeTypes.get(type)?.executable !== false))
}

function nodeChanges(before: Nodes, after: Nodes, oldFlow: Flow | undefined, newFlow: Flow | undefined): NodeChange[] {
  const present = [...after.values()].flatMap((node): NodeChange[] => {
    const old = before.get(node.id)
    if (!old) return [{ kind: 'added', node: node.id, fields: [] }]
    const fields = differingFields(rawOf(old, oldFlow), rawOf(node, newFlow))
    return fields.length === 0 ? [] : [{ kind: 'changed', node: node.id, fields }]
  })
  const gone = [...before.keys()].filter((id) => !after.has(id))
  return [...present, ...gone.map((node): NodeChange => ({ kind: 'removed', node, fields: [] }))]
}

/** What is compared by itself, or is only for people. */
const NOT_BEHAVIOUR: ReadonlySet<string> = new Set(['id', 'label', 'next', 'branches'])

function differingFields(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => !NOT_BEHAVIOUR.has(name) && !isSame(before[name], after[name]))
}

/** The order in which variables are set makes a difference, that of other keys does not. */
function isSame(before: Json | undefined, after: Json | undefined): boolean {
  if (!isDeepStrictEqual(before, after)) return false
  return !isJsonObject(before) || !isJsonObject(after) || Object.keys(before).join() === Object.keys(after).join()
}

/** The node as it is written. */
function rawOf({ pointer: [, index] }: FlowNode, flow: Flow | undefined): JsonObject {
  const items = flow?.definition?.['nodes']
  const raw = Array.isArray(items) ? items[Number(index)] : undefined
  return isJsonObject(raw) ? raw : {}
}

function branchChanges(before: Nodes, after: Nodes): BranchChange[] {
  const ids = [...after.keys(), ...[...before.keys()].filter((id) => !after.has(id))]
  return ids.flatMap((node) => {
    const [old, now] = [targetsOf(before.get(node)), targetsOf(after.get(node))]
    const labels = new Set([...now.keys(), ...old.keys()])
    return [...labels].flatMap((label) => branchChange(node, label, old.get(label), now.get(label)) ?? [])
  })
}

function targetsOf(node: FlowNode | undefined): ReadonlyMap<string, string> {
  return new Map([...(node?.branches.values() ?? [])].map(({ label, to }) => [label, to]))
}

function branchChange(node: string, label: string, before: string | undefined, after: string | undefined): BranchChange | undefined {
  if (before === after) return undefined
  if (before === undefined) return { kind: 'added', node, label, ...(after === undefined ? {} : { after }) }
  return after === undefined ? { kind: 'removed', node, label, before } : { kind: 'rewired', node, label, before, after }
}

function settingChanges(before: Flow | undefined, after: Flow | undefined): SettingChange[] {
  const sections = ['entries', 'variables', 'hours', 'actions'] as const
  return sections.flatMap((section) => {
    const [old, now] = [namesOf(before, section), namesOf(after, section)]
    const names = new Set([...now.keys(), ...old.keys()])
    return [...names].flatMap((name): SettingChange[] => {
      const [one, other] = [old.get(name), now.get(name)]
      if (one !== undefined && other !== undefined && isDeepStrictEqual(one, other)) return []
      return [{ kind: one === undefined ? 'added' : other === undefined ? 'removed' : 'changed', section, name }]
    })
  })
}

function namesOf(flow: Flow | undefined, section: SettingChange['section']): ReadonlyMap<string, unknown> {
  if (!flow) return new Map()
  return section === 'variables' ? new Map(Object.entries(flow.variables)) : flow[section]
}
