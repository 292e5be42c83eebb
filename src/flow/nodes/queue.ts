import type { NodeBase, NodeType } from '../node-type.ts'
import { createTextTemplate } from '../template.ts'

export interface QueueSpec extends NodeBase {
  readonly queue: string
}

/** Puts the caller in a queue. */
export const queue: NodeType<QueueSpec> = {
  name: 'Queue',
  traceType: 'Route',
  workMs: 30,
  branchRules: () => ({ labels: ['default'], required: ['default'] }),
  uses: (spec) => ({ reads: createTextTemplate(spec.queue).reads }),
  prepare(spec) {
    const target = createTextTemplate(spec.queue)
    return ({ variables }) => ({ kind: 'go', label: 'default', target: target.fill(variables) })
  },
}
