import type { NodeBase, NodeType } from '../node-type.ts'

/** Ends the call, wherever it is. */
export const hangup: NodeType<NodeBase> = {
  name: 'Hangup',
  traceType: 'Exit',
  workMs: 1,
  branchRules: () => ({ labels: [] }),
  mayEnd: () => true,
  prepare: () => () => ({ kind: 'end' }),
}
