import { choicesOf, type GatherSpec, gatherComplaints, gatherRules, gatherUses, prepareGather } from '../gather.ts'
import type { BranchRules, NodeType } from '../node-type.ts'

/** Asks the caller for a number, a PIN, …; it may have choices of a menu too. */
export const gatherInput: NodeType<GatherSpec> = {
  name: 'GatherInput',
  traceType: 'GatherInput',
  workMs: 20,
  branchRules,
  uses: gatherUses,
  complaints: gatherComplaints,
  prepare: (spec, _surroundings, node) => prepareGather(spec, node),
}

/** Without choices, `default` is where an entry leads, so it is a poor place for a caller who entered none. */
function branchRules(spec: GatherSpec): BranchRules {
  const rules = {
    ...gatherRules(spec),
    advised: { noInput: 'a caller who enters nothing breaks the call', noMatch: 'an entry that is not accepted breaks the call' },
  }
  if (choicesOf(spec).length > 0) return { ...rules, required: Object.keys(spec.speech ?? {}) }
  return {
    ...rules,
    required: ['default'],
    advised: { noInput: 'a caller who enters nothing goes on as if something had been entered' },
    strict: ['noInput'],
  }
}
