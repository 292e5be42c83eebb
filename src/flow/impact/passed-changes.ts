import type { Trace, Visit } from '../../model/trace.ts'
import type { Flow, FlowNode } from '../flow.ts'
import { usesOf } from '../uses.ts'
import type { BranchChange, FlowChange, SettingChange } from './flow-change.ts'

/** Tells what of the changes a call through one of the two versions passes through, each named once, in the order of the call. */
export type PassedChanges = (trace: Trace) => readonly string[]

/**
 * Prepares that for the version `side` of flows. Nothing is missed: where a trace does not tell its branches, every changed branch of a
 * node that it visits counts; and variables that begin with another value count for every call into their flow.
 */
export function passedChanges(changes: Iterable<FlowChange>, side: 'before' | 'after'): PassedChanges {
  const ofFlow = new Map([...changes].filter(({ kind }) => kind !== 'same').map((change) => [change.flowId, indexed(change, side)]))
  return (trace) => {
    if (ofFlow.size === 0) return []
    const passed = new Set<string>()
    const entered = new Set<string>()
    for (const visit of trace.visits) {
      const { flowId, node } = placeOf(visit, trace)
      const index = ofFlow.get(flowId)
      if (!index) continue
      if (!entered.has(flowId)) for (const setting of index.onEntry) passed.add(setting)
      entered.add(flowId)
      for (const change of index.at(node, visit)) passed.add(change)
    }
    return [...passed]
  }
}

/** Where a visit was: nodes of other flows than the one that was called carry the id of theirs. */
function placeOf({ node }: Visit, { flowId }: Trace): { readonly flowId: string; readonly node: string } {
  const slash = node.indexOf('/')
  return slash < 0 ? { flowId, node } : { flowId: node.slice(0, slash), node: node.slice(slash + 1) }
}

interface ChangeIndex {
  readonly onEntry: readonly string[]
  readonly at: (node: string, visit: Visit) => readonly string[]
}

function indexed(change: FlowChange, side: 'before' | 'after'): ChangeIndex {
  const { flowId, nodes, branches, settings } = change
  const prefix = (name: string): string => `${flowId}/${name}`
  const changed = new Map(nodes.map(({ kind, node }) => [node, `${prefix(node)} ${kind}`]))
  const rewired = new Map<string, BranchChange[]>()
  for (const branch of branches) rewired.set(branch.node, [...(rewired.get(branch.node) ?? []), branch])
  const used = usedSettings(change[side], settings)
  return {
    onEntry: settings.filter(({ section }) => section === 'variables' || section === 'entries').map((setting) => prefix(nameOf(setting))),
    at(node, { branch }) {
      const own = changed.get(node)
      const taken = (rewired.get(node) ?? []).filter(({ label }) => branch === undefined || label === branch)
      return [...(own === undefined ? [] : [own]), ...taken.map((one) => prefix(branchName(one))), ...(used.get(node) ?? []).map(prefix)]
    },
  }
}

function branchName({ node, label, kind }: BranchChange): string {
  return `${node} "${label}" ${kind}`
}

function nameOf({ section, name, kind }: SettingChange): string {
  return `${section}.${name} ${kind}`
}

/** Hours and actions count where a node uses them. */
function usedSettings(flow: Flow | undefined, settings: readonly SettingChange[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...(flow?.nodes.values() ?? [])].map((node) => [node.id, settings.filter((setting) => isUsed(setting, node)).map(nameOf)]),
  )
}

function isUsed({ section, name }: SettingChange, node: FlowNode): boolean {
  const { hours, action } = usesOf(node)
  return (section === 'hours' && hours === name) || (section === 'actions' && action === name)
}
