import { parseDuration } from '../../model/duration.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { CannedAction, CannedAnswer } from '../canned-action.ts'
import { isSame } from '../comparison.ts'
import type { Demands } from '../demands.ts'
import type { FlowNode } from '../flow.ts'
import type { NodeBase, NodeType } from '../node-type.ts'
import type { Step } from '../step.ts'
import { createTemplate, createTemplates } from '../template.ts'
import { createPathReader, withVariable } from '../variables.ts'

export interface DataActionSpec extends NodeBase {
  /** A name from the flow's `actions`. */
  readonly actionId: string
  readonly inputs?: Readonly<Record<string, Json>>
  /** Variables → fields of the result. */
  readonly outputs?: Readonly<Record<string, string>>
  readonly faultVariable?: string
}

const USUAL_LATENCY = '100ms'

/** Calls a data action: what it answers stands in the flow. */
export const dataAction: NodeType<DataActionSpec> = {
  name: 'DataAction',
  traceType: 'DataAction',
  workMs: 1,
  branchRules: () => ({
    labels: ['success', 'error', 'default'],
    required: ['success'],
    advised: { error: 'a fault of the action breaks the call' },
    strict: ['error'],
  }),
  uses: ({ actionId, inputs, outputs = {}, faultVariable }) => ({
    reads: createTemplates(inputs).reads,
    writes: [...Object.keys(outputs), ...(faultVariable === undefined ? [] : [faultVariable])],
    action: actionId,
  }),
  demands: (spec, { actions }) => demandsOf(spec, actions.get(spec.actionId)),
  loopGuards: ({ actionId }) => [{ kind: 'outside', name: `the action "${actionId}"` }],
  prepare(spec, { actions }, node) {
    const action = actions.get(spec.actionId)
    if (!action) return () => ({ kind: 'break', exception: `there is no action "${spec.actionId}"` })
    const inputs = createTemplates(spec.inputs)
    const outputs = createOutputs(spec.outputs)
    return ({ variables }) => {
      const { result = {}, fault, latency = USUAL_LATENCY } = answerOf(action, inputs.fill(variables))
      const extraWorkMs = parseDuration(latency) ?? 0
      if (fault !== undefined) return failed(fault, spec, node, variables, extraWorkMs)
      return { kind: 'go', label: 'success', variables: { ...variables, ...outputs(result) }, extraWorkMs }
    }
  },
}

/** Inputs decide where the canned answers have cases, and the answers give values to the outputs. */
function demandsOf({ actionId, inputs = {}, outputs = {} }: DataActionSpec, { cases = [], ...usual }: CannedAction = {}): Demands {
  const tested = Object.entries(inputs).filter(([name]) => cases.some((answer) => Object.hasOwn(answer.inputs, name)))
  const templates = tested.map(([name, value]) => ({ name, ...createTemplate(value) }))
  const results = [usual, ...cases].flatMap(({ result }) => (result === undefined ? [] : [result]))
  return {
    decidedBy: templates.flatMap(({ paths }) => paths),
    values: [
      ...templates.flatMap(({ name, paths, isWhole }) =>
        isWhole ? cases.flatMap((answer) => paths.map((path) => ({ path, value: answer.inputs[name] ?? null, by: 'same' as const }))) : [],
      ),
      ...results.flatMap((result) =>
        Object.entries(createOutputs(outputs)(result)).map(([path, value]) => ({ path, value: value ?? null, by: 'same' as const })),
      ),
    ],
    links: templates.flatMap(({ paths, isWhole }) =>
      isWhole ? [] : paths.map((path) => ({ one: { path }, other: { path }, isWhole: false })),
    ),
    action: { id: actionId, outputs },
  }
}

function answerOf(action: CannedAction, inputs: Readonly<Record<string, Json>>): CannedAnswer {
  const fitting = action.cases?.find((answer) =>
    Object.entries(answer.inputs).every(([name, value]) => isSame(inputOf(inputs, name), value)),
  )
  if (fitting) return action.latency === undefined ? fitting : { latency: action.latency, ...fitting }
  const hasAnswer = action.result !== undefined || action.fault !== undefined || action.cases === undefined
  return hasAnswer ? action : { ...action, fault: 'no canned answer fits the inputs' }
}

function failed(
  fault: string,
  { actionId, faultVariable }: DataActionSpec,
  node: FlowNode,
  variables: JsonObject,
  extraWorkMs: number,
): Step {
  const after = withVariable(variables, faultVariable, fault)
  if (node.branches.has('error')) return { kind: 'go', label: 'error', variables: after, extraWorkMs }
  return {
    kind: 'break',
    exception: `action "${actionId}" failed, and there is no branch "error": ${fault}`,
    variables: after,
    extraWorkMs,
  }
}

function createOutputs(outputs: Readonly<Record<string, string>> = {}): (result: JsonObject) => JsonObject {
  const readers = Object.entries(outputs).map(([name, path]) => [name, createPathReader(path)] as const)
  return (result) => Object.fromEntries(readers.map(([name, read]) => [name, read(result) ?? null]))
}

function inputOf(inputs: Readonly<Record<string, Json>>, name: string): Json | undefined {
  return Object.hasOwn(inputs, name) ? inputs[name] : undefined
}
