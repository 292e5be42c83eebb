import type { NodeBase, NodeType } from '../node-type.ts'

/** Where a call begins. */
export const start: NodeType<NodeBase> = {
  name: 'Start',
  traceType: 'Start',
  workMs: 1,
  branchRules: () => ({ labels: ['default'], required: ['default'] }),
  prepare: () => () => ({ kind: 'go', label: 'default' }),
}
