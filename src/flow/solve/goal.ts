/** What a call shall do. */
export type Goal = NodeGoal | BranchGoal | PairGoal | EndGoal

/** Visit a node. */
export interface NodeGoal {
  readonly kind: 'node'
  readonly flowId: string
  readonly node: string
}

/** Take a branch, by its label. The `default` of a node that calls another flow is taken when that one returns. */
export interface BranchGoal {
  readonly kind: 'branch'
  readonly flowId: string
  readonly node: string
  readonly label: string
}

/** Take a branch, and then another one at the node to which the first leads, in the same visit of the flow. */
interface PairGoal {
  readonly kind: 'pair'
  readonly flowId: string
  readonly first: { readonly node: string; readonly label: string }
  readonly second: { readonly node: string; readonly label: string }
}

/** Come to the end that a call should have. */
interface EndGoal {
  readonly kind: 'end'
}
