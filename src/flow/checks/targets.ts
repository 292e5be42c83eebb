import type { Check } from '../check.ts'
import type { Complaint } from '../complaint.ts'
import type { Branch, FlowNode } from '../flow.ts'
import { nodeTypes } from '../node-types.ts'
import { suggestion } from '../suggestion.ts'

/** Every branch leads to a node of the flow that can be executed. */
export const checkTargets: Check = ({ nodes }) =>
  [...nodes.values()].flatMap((node) => [...node.branches.values()].flatMap((branch) => complain(node, branch, nodes)))

function complain(node: FlowNode, { label, to, pointer = node.pointer }: Branch, nodes: ReadonlyMap<string, FlowNode>): Complaint[] {
  const target = nodes.get(to)
  const origin = `node "${node.id}": ${label === 'default' ? 'what comes next' : `the branch "${label}"`} leads to "${to}"`
  const about = { severity: 'error', rule: 'dangling-target', pointer, node: node.id } as const
  if (!target) return [{ ...about, code: 'REFERENCE_ERROR', message: `${origin}, which does not exist${suggestion(to, nodes.keys())}` }]
  if (nodeTypes.get(target.type)?.executable !== false) return []
  return [{ ...about, code: 'VALIDATION_ERROR', message: `${origin}, which is a note and never executed` }]
}
