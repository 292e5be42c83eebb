import { type Comparison, createTest, demandsOfComparison, readsOfComparison } from '../comparison.ts'
import type { NodeBase, NodeType } from '../node-type.ts'

export interface ConditionSpec extends NodeBase {
  readonly if: Comparison
}

/** Compares variables: `then` or `else`. */
export const condition: NodeType<ConditionSpec> = {
  name: 'Condition',
  traceType: 'Condition',
  workMs: 1,
  branchRules: () => ({ labels: ['then', 'else', 'default'], required: ['then', 'else'] }),
  uses: (spec) => ({ reads: readsOfComparison(spec.if) }),
  demands: (spec) => demandsOfComparison(spec.if),
  prepare(spec) {
    const holds = createTest(spec.if)
    return ({ variables }) => ({ kind: 'go', label: holds(variables) ? 'then' : 'else' })
  },
}
