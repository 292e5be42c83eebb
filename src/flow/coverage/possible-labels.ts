import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { holdsMask } from '../../model/mask.ts'
import type { Visit } from '../../model/trace.ts'
import { Caller } from '../caller.ts'
import type { CannedAnswer } from '../canned-action.ts'
import type { Demands } from '../demands.ts'
import type { Flow, FlowNode } from '../flow.ts'
import { KEYS } from '../gather.ts'
import type { Behaviour, NodeBase, NodeType } from '../node-type.ts'
import { nodeTypes } from '../node-types.ts'
import { programOf } from '../program.ts'
import type { Step } from '../step.ts'
import { usesOf } from '../uses.ts'
import { variableOf } from '../variables.ts'

/** A visit, and what is known of the call at that time. */
export interface KnownVisit {
  readonly flow: Flow
  readonly node: FlowNode
  readonly visit: Visit
  /** The variables before the visit; absent: unknown. */
  readonly before?: JsonObject
  /** How often the node may just have asked in vain. */
  readonly failedTries: readonly number[]
  /** Whether a visit without input is one at which nothing was entered. */
  readonly tellsInput: boolean
  /** Our own emulator did it: actions answer as the flow says, and the variables that are told are all that there are. */
  readonly isEmulated: boolean
}

/**
 * The branches that a visit may have taken, by what the trace tells of it: everything that the node can do is tried on its own behaviour,
 * and what contradicts the trace is left out. The branch that was taken is always among them, as long as the target does what the
 * definition says. `undefined`: any.
 */
export function possibleLabels(known: KnownVisit): ReadonlySet<string> | undefined {
  const { flow, node } = known
  const type = nodeTypes.get(node.type)
  const { spec } = node
  const program = programOf(flow).nodes.get(node.id)
  if (!type || !spec || !program || holdsMask(spec)) return undefined
  const told: Told = { ...known, type, spec, demands: type.demands?.(spec, flow, node) ?? {}, behaviour: program.behaviour }
  const steps = stepsOf(told)?.filter((step) => fits(step, told))
  const labels = steps?.flatMap((step) => (step.kind === 'go' ? [program.links.has(step.label) ? step.label : 'default'] : []))
  return labels && labels.length > 0 ? new Set(labels) : undefined
}

interface Told extends KnownVisit {
  readonly type: NodeType
  readonly spec: NodeBase
  readonly demands: Demands
  readonly behaviour: Behaviour
}

/** What the visit may have led to. `undefined` where not everything can be tried. */
function stepsOf(told: Told): readonly Step[] | undefined {
  if (told.demands.acts) return entries(told)
  if (told.demands.action && !told.isEmulated) return answers(told)
  return decided(told)
}

/** The caller entered what the trace tells, by keys or by speech. */
function entries({ visit, behaviour, failedTries, tellsInput, before = {} }: Told): readonly Step[] | undefined {
  if ((visit.input === undefined && !tellsInput) || holdsMask(visit.input)) return undefined
  const heard = hearings(visit.input)
  const callers = heard.map(
    ({ keys = '', speech = '' }) =>
      () =>
        new Caller(keys, speech),
  )
  return failedTries
    .flatMap((count) => callers.map((call) => behaviour({ variables: before, caller: call(), failedTries: count, date: NO_DATE })))
    .filter(({ input }) => (input === undefined ? visit.input === undefined : heard.some(({ keys, speech }) => input === (keys ?? speech))))
}

interface Hearing {
  readonly keys?: string
  readonly speech?: string
}

/** How a caller may have entered something: a text may be keys or words. */
function hearings(input: Json | undefined): readonly Hearing[] {
  if (input === undefined) return [{}]
  if (isJsonObject(input)) return [...keysOf(input['dtmf']), ...speechOf(input['speech'])]
  return [...keysOf(input), ...speechOf(input)]
}

function keysOf(value: Json | undefined): Hearing[] {
  const keys = typeof value === 'number' ? String(value) : value
  return typeof keys === 'string' && KEYS.test(keys) ? [{ keys }] : []
}

function speechOf(speech: Json | undefined): Hearing[] {
  return typeof speech === 'string' && speech !== '' ? [{ speech }] : []
}

const NO_DATE = (): Date => new Date(0)

/** An action that answers whatever it likes. What it changes tells whether it did. */
function answers(told: Told): readonly Step[] | undefined {
  const { demands, before, visit, node } = told
  const { action } = demands
  const after = visit.variables
  if (!action || !before || !after) return undefined
  const writes = usesOf(node).writes ?? []
  if (writes.some((name) => holdsMask(before[name]) || holdsMask(after[name]))) return undefined
  const changed = writes.filter((name) => !isSameValue(before[name], after[name]))
  const outputs = Object.keys(action.outputs)
  const hasSucceeded = changed.every((name) => outputs.includes(name))
  const hasFailed = changed.every((name) => !outputs.includes(name) || name === faultVariableOf(told))
  return [...(hasSucceeded ? [answering(told, { result: {} })] : []), ...(hasFailed ? [answering(told, FAULT)] : [])].map((step) => ({
    ...step,
    variables: after,
  }))
}

const FAULT: CannedAnswer = { fault: 'the action failed' }

/** The variable that only a fault sets. */
function faultVariableOf(told: Told): string | undefined {
  const { variables = {} } = answering(told, FAULT)
  return (usesOf(told.node).writes ?? []).find((name) => variables[name] === FAULT.fault)
}

function answering({ type, spec, flow, node, demands }: Told, answer: CannedAnswer): Step {
  const actions = new Map([...flow.actions, ...(demands.action ? [[demands.action.id, answer] as const] : [])])
  const behaviour = type.prepare(spec, { ...flow, actions }, node)
  return behaviour({ variables: {}, caller: new Caller('', ''), failedTries: 0, date: NO_DATE })
}

/** Everything that decides is known: there is one way. */
function decided({ demands, before, visit, node, behaviour, isEmulated }: Told): readonly Step[] | undefined {
  const variables = before ?? ((usesOf(node).writes ?? []).length === 0 ? visit.variables : undefined)
  if (!variables) return undefined
  const needed = (demands.decidedBy ?? []).map(variableOf)
  if (needed.some((name) => holdsMask(variables[name]))) return undefined
  if (!isEmulated && needed.some((name) => !Object.hasOwn(variables, name))) return undefined
  let asksClock = false
  const date = (): Date => {
    asksClock = true
    return NO_DATE()
  }
  const step = behaviour({ variables, caller: new Caller('', ''), failedTries: 0, date })
  return asksClock ? undefined : [step]
}

/** Whether the variables that the node sets are then as the trace tells. */
function fits(step: Step, { before, visit, node }: Told): boolean {
  const after = visit.variables
  if (!before || !after) return true
  const expected = step.variables ?? before
  const isTold = (name: string): boolean => Object.hasOwn(after, name) && !holdsMask(after[name]) && !holdsMask(expected[name])
  return (usesOf(node).writes ?? []).every((name) => !isTold(name) || isSameValue(expected[name], after[name]))
}

function isSameValue(one: Json | undefined, other: Json | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
