import { choicesOf, type GatherSpec, gatherComplaints, gatherLoopGuards, gatherRules, gatherUses, prepareGather } from '../gather.ts'
import { gatherDemands } from '../gather-acts.ts'
import type { NodeType } from '../node-type.ts'

/** Asks the caller to choose: one branch for each key or phrase. */
export const menu: NodeType<GatherSpec> = {
  name: 'Menu',
  traceType: 'GatherInput',
  workMs: 20,
  branchRules: (spec) => ({
    ...gatherRules(spec),
    required: Object.keys(spec.speech ?? {}),
    advised: { noInput: 'a caller who enters nothing breaks the call', noMatch: 'a caller who enters something else breaks the call' },
  }),
  uses: gatherUses,
  complaints: (spec) => [
    ...(choicesOf(spec).length > 0 ? [] : ['is a menu without a choice: give it a branch for a key, such as "1", or phrases']),
    ...gatherComplaints(spec),
  ],
  demands: (spec, _surroundings, node) => gatherDemands(spec, node),
  loopGuards: gatherLoopGuards,
  prepare: (spec, _surroundings, node) => prepareGather(spec, node),
}
