import type { NodeBase, NodeType } from '../node-type.ts'
import { createPathReader, toText, variableOf } from '../variables.ts'

export interface CaseSpec extends NodeBase {
  /** A variable or a field of it. */
  readonly variable: string
}

/** Takes the branch whose label is the value of a variable. */
export const caseOf: NodeType<CaseSpec> = {
  name: 'Case',
  traceType: 'Case',
  workMs: 1,
  branchRules: () => ({ advised: { default: 'a value without a branch of its own breaks the call' } }),
  uses: ({ variable }) => ({ reads: [variableOf(variable)] }),
  demands: ({ variable }, _surroundings, { branches }) => ({
    decidedBy: [variable],
    values: [...branches.keys()].map((value) => ({ path: variable, value, by: 'same' })),
  }),
  prepare({ variable }) {
    const read = createPathReader(variable)
    return ({ variables }) => ({ kind: 'go', label: toText(read(variables)) })
  },
}
