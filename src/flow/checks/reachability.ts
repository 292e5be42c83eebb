import type { Check } from '../check.ts'
import type { FlowNode } from '../flow.ts'
import { nodeTypes } from '../node-types.ts'
import { endingNodes, reachableNodes } from '../reachability.ts'

/** Calls get to every node, and from every node to an end. */
export const checkReachability: Check = (draft) => {
  if (draft.entries.size === 0) return []
  const reachable = reachableNodes(draft)
  const ending = endingNodes(draft)
  const nodes = [...draft.nodes.values()].filter(({ type }) => nodeTypes.get(type)?.executable !== false)
  const trapped = nodes.filter(({ id }) => reachable.has(id) && !ending.has(id))
  const isComplete = nodes.every((node) => !reachable.has(node.id) || isSound(node, draft.nodes))
  const lost = isComplete ? nodes.filter(({ id }) => !reachable.has(id)) : []
  return [...lost.map(unreachable), ...noWayOut(trapped)]
}

/** Where a node is broken or leads nowhere, what it was meant to lead to is not known. */
function isSound({ spec, branches }: FlowNode, nodes: ReadonlyMap<string, FlowNode>): boolean {
  return spec !== undefined && [...branches.values()].every(({ to }) => nodes.has(to))
}

function unreachable({ id, pointer }: FlowNode): ReturnType<Check>[number] {
  const message = `no call gets to node "${id}"`
  return { severity: 'warning', code: 'VALIDATION_ERROR', rule: 'unreachable-node', message, pointer, node: id }
}

/** Said of the flow and of no node, so that a call shows how it goes round before it breaks. */
function noWayOut(trapped: readonly FlowNode[]): ReturnType<Check> {
  const [first] = trapped
  if (!first) return []
  const names = trapped.slice(0, 5).map(({ id }) => `"${id}"`)
  const more = trapped.length > names.length ? ` and ${trapped.length - names.length} more` : ''
  const message = `no end can be reached from ${names.join(', ')}${more}: lead a branch to a node of type Exit`
  return [{ severity: 'error', code: 'VALIDATION_ERROR', rule: 'dead-end', message, pointer: first.pointer }]
}
