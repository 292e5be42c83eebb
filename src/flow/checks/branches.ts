import type { Check } from '../check.ts'
import type { Complaint } from '../complaint.ts'
import type { FlowNode } from '../flow.ts'
import type { BranchRules } from '../node-type.ts'
import { nodeTypes } from '../node-types.ts'
import { suggestion } from '../suggestion.ts'

/** Every node has the branches that its type needs, and no others. */
export const checkBranches: Check = ({ nodes }) =>
  [...nodes.values()].flatMap((node) => {
    const rules = node.spec && nodeTypes.get(node.type)?.branchRules(node.spec)
    return rules ? [...unknown(node, rules), ...missing(node, rules), ...unadvised(node, rules), ...ambiguous(node)] : []
  })

function unknown(node: FlowNode, { labels, implied = {} }: BranchRules): Complaint[] {
  if (!labels) return []
  return [...node.branches.values()]
    .filter(({ label, pointer }) => pointer && !labels.includes(label))
    .map(({ label, pointer = node.pointer }) => {
      const isImplied = Object.hasOwn(implied, label)
      const reason =
        labels.length === 0
          ? `${node.type} has no branches`
          : `never takes a branch "${label}"${isImplied ? '' : suggestion(label, labels)}`
      const rule = 'branch-never-taken'
      return {
        severity: 'error',
        code: 'VALIDATION_ERROR',
        rule,
        message: `node "${node.id}": ${reason}`,
        pointer,
        atKey: true,
        node: node.id,
      }
    })
}

function missing(node: FlowNode, { required = [] }: BranchRules): Complaint[] {
  if (node.branches.has('default')) return []
  return required
    .filter((label) => !node.branches.has(label))
    .map((label) => ({
      severity: 'error',
      code: 'VALIDATION_ERROR',
      rule: 'missing-branch',
      message: `node "${node.id}" lacks ${label === 'default' ? 'the node that comes next: write next: NODE' : `the branch "${label}"`}`,
      pointer: node.pointer,
      node: node.id,
    }))
}

function unadvised(node: FlowNode, { advised = {}, strict = [] }: BranchRules): Complaint[] {
  return Object.entries(advised)
    .filter(([label]) => !node.branches.has(label) && (strict.includes(label) || !node.branches.has('default')))
    .map(([label, consequence]) => ({
      severity: 'warning',
      code: 'VALIDATION_ERROR',
      rule: 'missing-branch',
      message: `node "${node.id}" has no branch "${label}": ${consequence}`,
      pointer: node.pointer,
      node: node.id,
    }))
}

/** `next` is short for `default`: both at once may contradict each other. */
function ambiguous({ id, spec, pointer }: FlowNode): Complaint[] {
  if (spec?.next === undefined || spec.branches?.['default'] === undefined) return []
  const message = `node "${id}" has both next and the branch "default", which mean the same: remove one`
  return [
    { severity: 'error', code: 'VALIDATION_ERROR', rule: 'duplicate-key', message, pointer: [...pointer, 'next'], atKey: true, node: id },
  ]
}
