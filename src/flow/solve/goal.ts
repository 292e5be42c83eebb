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
export interface PairGoal {
  readonly kind: 'pair'
  readonly flowId: string
  readonly first: { readonly node: string; readonly label: string }
  readonly second: { readonly node: string; readonly label: string }
}

/** Come to the end that a call should have. */
export interface EndGoal {
  readonly kind: 'end'
}

/** The goal in words: `the branch "1" of node_menu`. Nodes of other flows than `flowId` carry the id of theirs. */
export function describeGoal(goal: Goal, flowId: string): string {
  const prefix = goal.kind === 'end' || goal.flowId === flowId ? '' : `${goal.flowId}/`
  switch (goal.kind) {
    case 'node':
      return `node "${prefix}${goal.node}"`
    case 'branch':
      return `the branch "${goal.label}" of node "${prefix}${goal.node}"`
    case 'pair':
      return `the branch "${goal.first.label}" of node "${prefix}${goal.first.node}", then "${goal.second.label}" of node "${prefix}${goal.second.node}"`
    case 'end':
      return 'the end of the call'
  }
}
