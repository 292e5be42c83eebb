import type { NodeBase, NodeType } from '../node-type.ts'
import { createPathReader, toNumber, withVariable } from '../variables.ts'

export interface LoopSpec extends NodeBase {
  /** How often `Repeat` is taken before `Finished`. */
  readonly repeat: number
  /** The variable that counts. @default the node's id and `_count` */
  readonly counter?: string
}

/** Counts visits: `Repeat` n times, `Finished` on visit n + 1, and the counter starts over. */
export const loop: NodeType<LoopSpec> = {
  name: 'Loop',
  traceType: 'Loop',
  workMs: 1,
  branchRules: () => ({ labels: ['Repeat', 'Finished', 'default'], required: ['Repeat', 'Finished'] }),
  uses: (spec) => ({ writes: [counterOf(spec)] }),
  demands: (spec) => ({ decidedBy: [counterOf(spec)], values: [{ path: counterOf(spec), value: spec.repeat, by: 'order' }] }),
  loopGuards: (spec) => [{ kind: 'counter', variable: counterOf(spec), times: spec.repeat, repeat: 'Repeat', finished: 'Finished' }],
  prepare(spec) {
    const counter = counterOf(spec)
    const read = createPathReader(counter)
    return ({ variables }) => {
      const visits = (toNumber(read(variables)) ?? 0) + 1
      const isFinished = visits > spec.repeat
      return {
        kind: 'go',
        label: isFinished ? 'Finished' : 'Repeat',
        variables: withVariable(variables, counter, isFinished ? 0 : visits),
      }
    }
  },
}

function counterOf({ id, counter }: LoopSpec): string {
  return counter ?? `${id}_count`
}
