import type { NodeBase, NodeType } from '../node-type.ts'

/** The end of the flow: back to the flow that called it, or the end of the call. */
export const exit: NodeType<NodeBase> = {
  name: 'Exit',
  traceType: 'Exit',
  workMs: 1,
  leaves: true,
  branchRules: () => ({ labels: [] }),
  mayEnd: () => true,
  prepare: () => () => ({ kind: 'leave' }),
}
