import type { Flow, FlowNode } from './flow.ts'
import type { NodeBase, Uses } from './node-type.ts'
import { nodeTypes } from './node-types.ts'
import { CALL_TIME } from './variables.ts'

const NONE: Uses = {}
const known = new WeakMap<NodeBase, Uses>()

/** The names that a node uses; none where it is broken. Worked out once for each node: templates have to be parsed for it. */
export function usesOf({ spec, type }: FlowNode): Uses {
  if (!spec) return NONE
  const before = known.get(spec)
  if (before) return before
  const uses = nodeTypes.get(type)?.uses?.(spec) ?? NONE
  known.set(spec, uses)
  return uses
}

/** The variables that a flow knows: declared, set by one of its nodes, or known to every flow. */
export function knownVariables({ variables, nodes }: Pick<Flow, 'variables' | 'nodes'>): ReadonlySet<string> {
  return new Set([CALL_TIME, ...Object.keys(variables), ...[...nodes.values()].flatMap((node) => usesOf(node).writes ?? [])])
}
