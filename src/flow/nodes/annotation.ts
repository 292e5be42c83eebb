import type { NodeBase, NodeType } from '../node-type.ts'

/** A note on the canvas. No branch may lead to it, so it is never visited. */
export const annotation: NodeType<NodeBase> = {
  name: 'Annotation',
  traceType: 'Annotation',
  workMs: 0,
  executable: false,
  branchRules: () => ({ labels: [] }),
  prepare: () => () => ({ kind: 'break', exception: 'a note is no step of a call' }),
}
