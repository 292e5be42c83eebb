import type { NodeLines } from '../../model/event.ts'
import { flowLines } from '../coverage/flow-lines.ts'
import type { Flow } from '../flow.ts'
import type { BranchChange, FlowChange } from './flow-change.ts'

/** Where things of a change stand: `FILE:LINE` in the newer version, in the older one for what is gone. */
interface ChangePlaces {
  readonly node: (node: string, kind: 'added' | 'removed' | 'changed') => string
  readonly branch: (change: BranchChange) => string
}

/** Prepares that: both texts are read again. */
function changePlaces({ before, after }: FlowChange): ChangePlaces {
  const [old, now] = [linesOf(before), linesOf(after)]
  const at = (flow: Flow | undefined, line: number | undefined): string => `${flow?.file}:${line ?? 1}`
  return {
    node: (node, kind) => (kind === 'removed' ? at(before, old[node]?.line) : at(after, now[node]?.line)),
    branch: ({ kind, node, label }) =>
      kind === 'removed' ? at(before, old[node]?.branches[label]) : at(after, now[node]?.branches[label] ?? now[node]?.line),
  }
}

function linesOf(flow: Flow | undefined): Readonly<Record<string, NodeLines>> {
  return flow ? flowLines(flow) : {}
}

/** The change of a flow in lines for people: `+` is new, `-` is gone, `~` does something else, `>` leads elsewhere. */
export function changeLines(change: FlowChange): string[] {
  const { flowId, kind, before, after, nodes, branches, settings } = change
  const versions = [before, after].flatMap((flow) => flow?.version ?? []).join(' → ')
  const head = `${flowId} (version ${versions}): ${kind}`
  if (kind !== 'changed') return [head]
  const places = changePlaces(change)
  return [
    head,
    ...nodes.map(({ kind, node, fields }) => {
      const what = fields.length === 0 ? '' : `: ${fields.join(', ')}`
      return `  ${SIGNS[kind]} node ${node}${what}  ${places.node(node, kind)}`
    }),
    ...branches.map(
      (branch) => `  ${SIGNS[branch.kind]} branch ${branch.node} "${branch.label}" ${wayOf(branch)}  ${places.branch(branch)}`,
    ),
    ...settings.map(({ kind, section, name }) => `  ${SIGNS[kind]} ${section}.${name}`),
  ]
}

const SIGNS = { added: '+', removed: '-', changed: '~', rewired: '>' } as const

function wayOf({ before, after }: BranchChange): string {
  if (before === undefined) return `→ ${after}`
  return after === undefined ? `→ ${before}` : `→ ${after}, not ${before}`
}
