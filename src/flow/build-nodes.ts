import { isJsonObject, type Json } from '../model/json.ts'
import type { Complaint } from './complaint.ts'
import type { Branch, FlowNode } from './flow.ts'
import { nodeTypes } from './node-types.ts'
import type { Salvage, SalvagedNode } from './salvage.ts'

/** The nodes of a file by id, and complaints about ids that stand twice: the first node keeps the id. */
export function buildNodes(items: Salvage['nodes'], lines: readonly number[]): { nodes: Map<string, FlowNode>; complaints: Complaint[] } {
  const nodes = new Map<string, FlowNode>()
  const complaints: Complaint[] = []
  for (const [index, item] of items.entries()) {
    const node = toNode(item, index, lines[index] ?? 1)
    const first = node && nodes.get(node.id)
    if (first) complaints.push(duplicate(node, first))
    else if (node) nodes.set(node.id, node)
  }
  return { nodes, complaints }
}

/** Its id and its branches are kept of a faulty node, so that what leads to it and from it is no fault of its own. */
function toNode({ raw, spec }: SalvagedNode, index: number, line: number): FlowNode | undefined {
  if (!isJsonObject(raw) || typeof raw['id'] !== 'string') return undefined
  const { id, type, label } = raw
  const pointer = ['nodes', index]
  return {
    id,
    type: typeof type === 'string' ? type : '',
    ...(typeof label === 'string' ? { label } : {}),
    pointer,
    line,
    ...(spec ? { spec } : {}),
    branches: new Map([...writtenBranches(id, raw, pointer), ...impliedBranches(id, spec)].map((branch) => [branch.label, branch])),
  }
}

function writtenBranches(
  from: string,
  { next, branches }: Readonly<Record<string, Json | undefined>>,
  pointer: FlowNode['pointer'],
): Branch[] {
  const named = isJsonObject(branches) ? Object.entries(branches) : []
  return [
    ...(typeof next === 'string' ? [{ from, label: 'default', to: next, pointer: [...pointer, 'next'] }] : []),
    ...named.flatMap(([label, to]) => (typeof to === 'string' ? [{ from, label, to, pointer: [...pointer, 'branches', label] }] : [])),
  ]
}

function impliedBranches(from: string, spec: SalvagedNode['spec']): Branch[] {
  const implied = spec && nodeTypes.get(spec.type)?.branchRules(spec).implied
  return Object.entries(implied ?? {}).map(([label, to]) => ({ from, label, to }))
}

function duplicate({ id, pointer }: FlowNode, first: FlowNode): Complaint {
  const message = `the id "${id}" is taken: the node in line ${first.line} has it too`
  return { severity: 'error', code: 'VALIDATION_ERROR', rule: 'duplicate-id', message, pointer: [...pointer, 'id'], node: id }
}
