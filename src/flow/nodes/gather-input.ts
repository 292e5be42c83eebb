import { choicesOf, type GatherSpec, gatherComplaints, gatherLoopGuards, gatherRules, gatherUses, prepareGather } from '../gather.ts'
import { gatherDemands } from '../gather-acts.ts'
import type { BranchRules, NodeType } from '../node-type.ts'

/** Asks the caller for a number, a PIN, …; it may have choices of a menu too. */
export const gatherInput: NodeType<GatherSpec> = {
  name: 'GatherInput',
  traceType: 'GatherInput',
  workMs: 20,
  branchRules,
  uses: gatherUses,
  complaints: gatherComplaints,
  demands: (spec, _surroundings, node) => gatherDemands(spec, node, 'default'),
  loopGuards: gatherLoopGuards,
  prepare: (spec, _surroundings, node) => prepareGather(spec, node, 'default'),
}

/** `default` is where an entry leads, so it is a poor place for a caller who entered none. */
function branchRules(spec: GatherSpec): BranchRules {
  const hasDefault = (spec.branches?.['default'] ?? spec.next) !== undefined
  const silence = hasDefault ? 'goes on as if something had been entered' : 'breaks the call'
  return {
    ...gatherRules(spec),
    required: choicesOf(spec).length > 0 ? Object.keys(spec.speech ?? {}) : ['default'],
    advised: { noInput: `a caller who enters nothing ${silence}`, noMatch: 'an entry that is not accepted breaks the call' },
    strict: ['noInput'],
  }
}
