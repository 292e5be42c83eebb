import type { NodeBase, NodeType } from '../node-type.ts'
import { createTextTemplate } from '../template.ts'

export interface RouteSpec extends NodeBase {
  /** A queue, a skill or an agent. */
  readonly target: string
}

/** Routes the call to a target. */
export const route: NodeType<RouteSpec> = {
  name: 'Route',
  traceType: 'Route',
  workMs: 30,
  branchRules: () => ({ labels: ['default'], required: ['default'] }),
  uses: (spec) => ({ reads: createTextTemplate(spec.target).reads }),
  prepare(spec) {
    const target = createTextTemplate(spec.target)
    return ({ variables }) => ({ kind: 'go', label: 'default', target: target.fill(variables) })
  },
}
