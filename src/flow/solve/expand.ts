import type { Json, JsonObject } from '../../model/json.ts'
import { Caller } from '../caller.ts'
import type { CannedAnswer } from '../canned-action.ts'
import { CROSSING } from '../crossing.ts'
import type { CallerAct } from '../demands.ts'
import { RETRY } from '../gather.ts'
import type { Library } from '../library.ts'
import type { Behaviour } from '../node-type.ts'
import type { Enter, Step } from '../step.ts'
import { CALL_TIME, withVariable } from '../variables.ts'
import { callTimesFor } from './call-times.ts'
import { candidatesOf, inField } from './candidates.ts'
import { FreeVariables } from './free-variables.ts'
import { writtenLength } from './pause.ts'
import { notAllKnown, type SearchNode, type SearchNodes } from './search-node.ts'
import type { AnswerMode, Move, SearchFrame, SearchState, TakenBranch } from './search-state.ts'
import { EFFORT } from './solution.ts'
import type { ValueClasses } from './value-classes.ts'

/** What the search may do beside entering things. */
export interface Freedoms {
  /** Whether variables may be set before the call. */
  readonly setVariables: boolean
  /** Whether data actions may answer what the flow does not say. */
  readonly inventAnswers: boolean
}

/** The fault that a data action is given where it has to fail. */
export const INVENTED_FAULT = 'the action failed'

const NO_ANSWER: CannedAnswer = { result: {} }
const FAULT: CannedAnswer = { fault: INVENTED_FAULT }

/** The world at which the clock stands still: `callTime` is set wherever it makes a difference. */
const NO_DATE = (): Date => new Date(0)

/** Leads a call on from a state in every way that may make a difference, by the behaviour of the interpreter itself. */
export class Expansion {
  /** Why ways may have been left out; none: there are no others. */
  readonly gaps = new Set<string>()
  readonly #library: Library
  readonly #classes: ValueClasses
  readonly #nodes: SearchNodes
  readonly #freedoms: Freedoms
  readonly #callTimes: readonly string[]

  constructor(library: Library, classes: ValueClasses, nodes: SearchNodes, freedoms: Freedoms) {
    this.#library = library
    this.#classes = classes
    this.#nodes = nodes
    this.#freedoms = freedoms
    const profiles = [...library.values()].flatMap(({ hours }) => [...hours.values()])
    this.#callTimes = callTimesFor(profiles)
  }

  /** The states that follow. */
  next(state: SearchState): SearchState[] {
    const { node, frame } = state
    if (!node) return []
    const open = node.reads.find((name) => frame.free.has(name))
    if (open !== undefined) return this.#choose(state, node, open)
    const { action } = node.demands
    if (action && state.answers[action.id] === undefined) return this.#answer(state, node, action.id)
    return this.#visit(state, node)
  }

  /** Gives a free variable the value that it has, and each other one that may matter. */
  #choose(state: SearchState, node: SearchNode, name: string): SearchState[] {
    const freedom = state.frame.free.get(name)
    if (!freedom) return []
    const { [name]: usual } = state.frame.variables
    const isClock = name === CALL_TIME
    const set = (value: Json | undefined, effort: number): SearchState => ({
      ...state,
      frame: withChoice(state.frame, name, value),
      effort: state.effort + effort,
      via: { from: state, taken: [], ...(value === undefined ? {} : { choice: { variable: name, value, freedom } }) },
    })
    const others = this.#valuesFor(node, name).filter((value) => JSON.stringify(value) !== JSON.stringify(usual))
    const effort = freedom.from === 'answer' ? 0 : isClock ? EFFORT.callTime : EFFORT.variable
    const isUnsetClock = isClock && (usual === undefined || usual === null || usual === '')
    return [...(isUnsetClock ? [] : [set(undefined, 0)]), ...others.map((value) => set(value, effort))]
  }

  #valuesFor({ flow: { flowId } }: SearchNode, name: string): readonly Json[] {
    const valueClass = this.#classes.of(flowId, name)
    const fields = this.#classes.fieldsOf(flowId, name)
    if (name === CALL_TIME) {
      if (this.#zones().size > 1) this.gaps.add('times in several time zones cannot all be tried')
      return this.#callTimes
    }
    if (!valueClass.isClosed || fields.length > 0) this.gaps.add(notAllKnown(name))
    const plain = candidatesOf(valueClass)
    return [...plain, ...fields.flatMap((field) => plain.map((value) => inField(field, value)))]
  }

  #zones(): ReadonlySet<string> {
    return new Set([...this.#library.values()].flatMap(({ hours }) => [...hours.values()].map(({ timeZone }) => timeZone)))
  }

  /** Decides how an action answers in this call. */
  #answer(state: SearchState, node: SearchNode, id: string): SearchState[] {
    const answering = (mode: AnswerMode, effort: number): SearchState => ({
      ...state,
      answers: { ...state.answers, [id]: mode },
      effort: state.effort + effort,
    })
    const modes: readonly AnswerMode[] = this.#freedoms.inventAnswers ? ['fault', 'result'] : []
    return [answering('canned', 0), ...modes.map((mode) => answering(mode, EFFORT.answer))].flatMap((next) =>
      this.#visit(next, node, state),
    )
  }

  /** Visits the node once for each act of the caller. */
  #visit(state: SearchState, node: SearchNode, from = state): SearchState[] {
    if (node.openActs !== undefined) this.gaps.add(node.openActs)
    const behaviour = behaviourOf(node, state)
    if (!node.acts) return [this.#step(state, node, behaviour, from)]
    return node.acts.map((act) => this.#step(state, node, behaviour, from, act))
  }

  #step(state: SearchState, node: SearchNode, behaviour: Behaviour, from: SearchState, act?: CallerAct): SearchState {
    const { variables } = state.frame
    const { failedTries } = state
    const step = behaviour({ variables, caller: callerOf(act), failedTries, date: NO_DATE })
    const frame = step.variables
      ? { ...state.frame, variables: step.variables, free: freeAfter(state, node, rewritten(state, node, behaviour, act)) }
      : state.frame
    const after = {
      ...state,
      frame,
      effort: state.effort + (act?.kind === 'keys' ? act.keys.length : act ? 1 : 0),
      written: state.written + writtenLength(act),
      steps: state.steps + 1,
      idleSteps: act ? 0 : state.idleSteps + 1,
      failedTries: step.kind === 'go' && step.label === RETRY ? failedTries + 1 : 0,
    }
    const { taken, branch, ...place } = this.#follow(step, node, frame)
    const via: Move = { from, taken, visit: branch === undefined ? {} : { branch }, ...(act ? { act } : {}) }
    return { ...after, ...place, via }
  }

  #follow(step: Step, node: SearchNode, frame: SearchFrame): Place {
    switch (step.kind) {
      case 'go':
        return this.#along(node, step.label, frame)
      case 'enter':
        return this.#enter(step, node, frame)
      case 'leave':
        return this.#leave(frame)
      case 'end':
        return { ...ENDED, frame, ending: 'completed' }
      case 'break':
        return { ...ENDED, frame, ending: 'broken' }
    }
  }

  #along(node: SearchNode, label: string, frame: SearchFrame): Place {
    const taken = node.program.links.has(label) ? label : 'default'
    const target = node.program.links.get(taken)
    if (!target) return { ...ENDED, frame, ending: 'broken' }
    const branch = { node: node.id, label: taken }
    const before = frame.lastBranch
    return {
      node: this.#nodes.of(node.flow, target.id),
      frame: { ...frame, lastBranch: branch },
      taken: [{ flowId: node.flow.flowId, ...branch, ...(before ? { before } : {}) }],
      branch: taken,
    }
  }

  #enter({ flowId, entry, inputs, outputs }: Enter, node: SearchNode, frame: SearchFrame): Place {
    const flow = this.#library.get(flowId)
    const first = flow && this.#nodes.of(flow, flow.entries.get(entry) ?? '')
    if (!flow || !first) return { ...ENDED, frame, ending: 'broken' }
    const { [CALL_TIME]: callTime } = frame.variables
    const clock = frame.free.get(CALL_TIME)
    const origin = outputs ? { frame, node, outputs } : frame.origin
    const variables: JsonObject = { ...flow.variables, ...(callTime === undefined ? {} : { [CALL_TIME]: callTime }), ...inputs }
    const free = clock && !Object.hasOwn(inputs, CALL_TIME) ? FreeVariables.of([[CALL_TIME, clock]]) : FreeVariables.none
    return {
      node: first,
      frame: { flow, variables, free, ...(origin ? { origin } : {}) },
      taken: [],
      branch: outputs ? CROSSING.call : CROSSING.transfer,
    }
  }

  #leave(frame: SearchFrame): Place {
    const { origin, variables } = frame
    if (!origin) return { ...ENDED, frame, ending: 'completed' }
    const returned = origin.outputs(variables)
    const free = origin.frame.free.without(Object.keys(returned))
    const back = { ...origin.frame, variables: { ...origin.frame.variables, ...returned }, free }
    const place = this.#along(origin.node, 'default', back)
    return place.node ? { ...place, branch: CROSSING.return } : place
  }
}

/** Where a step led to, and how. */
interface Place extends Pick<SearchState, 'node' | 'frame' | 'ending'> {
  readonly taken: readonly TakenBranch[]
  readonly branch?: string
}

const ENDED = { node: undefined, taken: [] } as const

/** The frame in which a free variable has its value: another one, or the one that it has. The time of the call is the same in every flow. */
function withChoice(frame: SearchFrame, name: string, value: Json | undefined): SearchFrame {
  if (!frame.free.has(name)) return frame
  const { origin } = frame
  return {
    ...frame,
    free: frame.free.without([name]),
    ...(value === undefined ? {} : { variables: withVariable(frame.variables, name, value) }),
    ...(origin && name === CALL_TIME ? { origin: { ...origin, frame: withChoice(origin.frame, name, value) } } : {}),
  }
}

function callerOf(act: CallerAct | undefined): Caller {
  return new Caller(act?.kind === 'keys' ? act.keys : '', act?.kind === 'speech' ? act.utterance : '')
}

function behaviourOf(node: SearchNode, { answers }: SearchState): Behaviour {
  const mode = node.demands.action && answers[node.demands.action.id]
  if (mode === undefined || mode === 'canned') return node.program.behaviour
  return node.behaviourWith(mode === 'fault' ? FAULT : NO_ANSWER)
}

/** The free variables that this visit sets: found by a mark that a visit leaves alone where it does not set the variable. */
function rewritten(
  { frame, failedTries }: SearchState,
  node: SearchNode,
  behaviour: Behaviour,
  act: CallerAct | undefined,
): ReadonlySet<string> {
  const names = node.writes.filter((name) => frame.free.has(name))
  if (names.length === 0) return new Set()
  const marked = { ...frame.variables, ...Object.fromEntries(names.map((name) => [name, MARK])) }
  const step = behaviour({ variables: marked, caller: callerOf(act), failedTries, date: NO_DATE })
  return new Set(names.filter((name) => step.variables?.[name] !== MARK))
}

/** A text that no flow sets. */
const MARK = '\u0000untouched'

/** What is still free after a visit; the answer of an action that is made up is free as well. */
function freeAfter({ frame, answers }: SearchState, { demands: { action } }: SearchNode, set: ReadonlySet<string>): SearchFrame['free'] {
  const isInvented = action !== undefined && answers[action.id] === 'result'
  const invented = isInvented
    ? Object.entries(action.outputs).map(([name, field]) => [name, { from: 'answer', action: action.id, field }] as const)
    : []
  return frame.free.without(set).with(invented)
}
