import type { Flow, FlowNode } from './flow.ts'
import type { Uses } from './node-type.ts'
import { nodeTypes } from './node-types.ts'
import { CALL_TIME } from './variables.ts'

/** The names that a node uses; none where it is broken. */
export function usesOf({ spec, type }: FlowNode): Uses {
  return (spec && nodeTypes.get(type)?.uses?.(spec)) ?? {}
}

/** The variables that a flow knows: declared, set by one of its nodes, or known to every flow. */
export function knownVariables({ variables, nodes }: Pick<Flow, 'variables' | 'nodes'>): ReadonlySet<string> {
  return new Set([CALL_TIME, ...Object.keys(variables), ...[...nodes.values()].flatMap((node) => usesOf(node).writes ?? [])])
}
