import type { Json } from '../../model/json.ts'
import { demandsOfAssignments } from '../demands-of-assignments.ts'
import type { NodeBase, NodeType } from '../node-type.ts'
import { createTemplates, createTextTemplate } from '../template.ts'

export interface TransferSpec extends NodeBase {
  /** A number or an address; absent: `flowId` is there. */
  readonly to?: string
  /** A flow that the call goes on in, without coming back. */
  readonly flowId?: string
  /** @default 'main' */
  readonly entry?: string
  readonly inputs?: Readonly<Record<string, Json>>
}

/** Hands the call over. */
export const transfer: NodeType<TransferSpec> = {
  name: 'Transfer',
  traceType: 'Transfer',
  workMs: 30,
  branchRules: ({ flowId }) => ({ labels: flowId === undefined ? ['default'] : [] }),
  uses: ({ to = '', flowId, entry = 'main', inputs = {} }) => ({
    reads: [...createTextTemplate(to).reads, ...createTemplates(inputs).reads],
    ...(flowId === undefined ? {} : { flow: { flowId, entry, returns: false, variables: Object.keys(inputs) } }),
  }),
  demands: ({ flowId, inputs }) => (flowId === undefined ? {} : demandsOfAssignments(inputs, flowId)),
  complaints: ({ to, flowId }) =>
    to !== undefined && flowId !== undefined ? ['transfers both to a number and to a flow: choose one'] : [],
  mayEnd: (spec) => !goesOn(spec),
  prepare(spec) {
    const { to = '', flowId, entry = 'main', inputs } = spec
    const given = createTemplates(inputs)
    if (flowId !== undefined) {
      return ({ variables }) => ({ kind: 'enter', flowId, entry, inputs: given.fill(variables), target: flowId })
    }
    const number = createTextTemplate(to)
    return goesOn(spec)
      ? ({ variables }) => ({ kind: 'go', label: 'default', target: number.fill(variables) })
      : ({ variables }) => ({ kind: 'end', target: number.fill(variables) })
  },
}

function goesOn({ next, branches }: TransferSpec): boolean {
  return (branches?.['default'] ?? next) !== undefined
}
