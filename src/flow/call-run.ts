import type { JsonObject } from '../model/json.ts'
import type { Trace, Visit } from '../model/trace.ts'
import type { Call, World } from './call.ts'
import { Caller } from './caller.ts'
import { CROSSING } from './crossing.ts'
import type { Flow } from './flow.ts'
import { RETRY } from './gather.ts'
import { type Program, type ProgramNode, programOf } from './program.ts'
import type { Enter, Step } from './step.ts'
import { CALL_TIME } from './variables.ts'

/** A flow that is being executed. */
interface Frame {
  readonly program: Program
  variables: JsonObject
  /** Who called this flow; absent where nobody waits for it to return. */
  readonly origin?: Origin
}

/** The node of another flow that waits, and what it wants to know. */
interface Origin {
  readonly frame: Frame
  readonly node: ProgramNode
  readonly outputs: NonNullable<Enter['outputs']>
}

/** What a call remembers of a node. */
interface Memory {
  /** As traces name it: nodes of another flow than the one that was asked for carry that flow's id. */
  readonly name: string
  visits: number
  /** How often in a row it has asked in vain. */
  failedTries: number
}

/** How a visit ended: the next node and the label that led there, the end of the call, or what broke it. */
interface Next {
  readonly node?: ProgramNode
  readonly label?: string
  readonly exception?: string
}

const ENDED: Next = {}

/** One call in the making. */
export class CallRun {
  readonly #call: Required<Call>
  readonly #world: World
  readonly #caller: Caller
  readonly #flow: Flow
  readonly #visits: Visit[] = []
  readonly #memories = new Map<ProgramNode, Memory>()
  #frame: Frame
  #nowMs = 0

  constructor(flow: Flow, call: Required<Call>, world: World) {
    this.#call = call
    this.#world = world
    this.#caller = new Caller(call.dtmf, call.speech)
    this.#flow = flow
    this.#frame = { program: programOf(flow), variables: { ...flow.variables, ...call.variables } }
  }

  run(): Trace {
    let node = entryNode(this.#frame.program, this.#call.entry)
    while (node) node = this.#visit(node).node
    return this.#trace()
  }

  #visit(node: ProgramNode): Next {
    const memory = this.#remember(node)
    const startMs = this.#nowMs
    const step = this.#work(node, memory)
    if (step.variables) this.#frame.variables = step.variables
    const { variables } = this.#frame
    const next = this.#follow(step, node)
    this.#visits.push(
      toVisit({ index: this.#visits.length, node: memory.name, type: node.traceType, atMs: startMs, variables }, step, next),
    )
    return next
  }

  #remember(node: ProgramNode): Memory {
    const known = this.#memories.get(node)
    if (known) return known
    const { flow } = this.#frame.program
    const memory = { name: flow === this.#flow ? node.id : `${flow.flowId}/${node.id}`, visits: 0, failedTries: 0 }
    this.#memories.set(node, memory)
    return memory
  }

  #work(node: ProgramNode, memory: Memory): Step {
    memory.visits += 1
    const exception = this.#boundReached(memory)
    if (exception !== undefined) return { kind: 'break', exception }
    const { failedTries } = memory
    const step = node.behaviour({ variables: this.#frame.variables, caller: this.#caller, failedTries, date: this.#world.date })
    memory.failedTries = step.kind === 'go' && step.label === RETRY ? failedTries + 1 : 0
    this.#nowMs += node.workMs + (step.extraWorkMs ?? 0)
    return step
  }

  #boundReached({ visits }: Memory): string | undefined {
    const { maxLoops, maxSteps } = this.#call
    if (visits > maxLoops) return `the call came here ${visits} times: no node may be visited more than ${maxLoops} times (maxLoops)`
    return this.#visits.length >= maxSteps ? `the call took more than ${maxSteps} steps` : undefined
  }

  #follow(step: Step, node: ProgramNode): Next {
    switch (step.kind) {
      case 'go':
        return follow(node, step.label)
      case 'enter':
        return this.#enter(step, node)
      case 'leave':
        return this.#return()
      case 'end':
        return ENDED
      case 'break':
        return { exception: step.exception }
    }
  }

  #enter({ flowId, entry, inputs, outputs }: Enter, node: ProgramNode): Next {
    const flow = this.#world.flows.get(flowId)
    if (!flow) return { exception: `there is no flow "${flowId}"` }
    const program = programOf(flow)
    const first = entryNode(program, entry)
    if (!first) return { exception: `flow "${flowId}" has no entry "${entry}"` }
    const origin = outputs ? { frame: this.#frame, node, outputs } : this.#frame.origin
    this.#frame = { program, variables: { ...flow.variables, ...this.#callTime(), ...inputs }, ...(origin ? { origin } : {}) }
    return { node: first, label: outputs ? CROSSING.call : CROSSING.transfer }
  }

  /** The time of the call is the same in every flow. */
  #callTime(): JsonObject {
    const callTime = this.#frame.variables[CALL_TIME]
    return callTime === undefined ? {} : { [CALL_TIME]: callTime }
  }

  /** Back to the flow that called this one, along the calling node's own branch. */
  #return(): Next {
    const { origin, variables } = this.#frame
    if (!origin) return ENDED
    this.#frame = origin.frame
    this.#frame.variables = { ...this.#frame.variables, ...origin.outputs(variables) }
    const next = follow(origin.node, 'default')
    return next.node ? { node: next.node, label: CROSSING.return } : next
  }

  #trace(): Trace {
    const last = this.#visits.at(-1)
    const isCompleted = last?.status === 'Completed'
    return {
      flowId: this.#flow.flowId,
      visits: this.#visits,
      variables: outermost(this.#frame).variables,
      ...(isCompleted ? { exitNode: last.node } : {}),
      durationMs: this.#nowMs,
      status: isCompleted ? 'Completed' : 'Error',
    }
  }
}

/** The flow that was asked for, or the one that it was transferred to. */
function outermost(frame: Frame): Frame {
  let outer = frame
  while (outer.origin) outer = outer.origin.frame
  return outer
}

function entryNode({ flow, nodes }: Program, entry: string): ProgramNode | undefined {
  return nodes.get(flow.entries.get(entry) ?? '')
}

function follow({ id, links }: ProgramNode, label: string): Next {
  const named = links.get(label)
  if (named) return { node: named, label }
  const other = links.get('default')
  return other ? { node: other, label: 'default' } : { exception: `node "${id}" has no branch "${label}", and no "default"` }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Absent fields are not there at all. Written field by field, since a trace has many of these. */
function toVisit(visit: Writable<Visit>, { input, target }: Step, { node, label, exception }: Next): Visit {
  if (input !== undefined) visit.input = input
  if (target !== undefined) visit.target = target
  if (label !== undefined) visit.branch = label
  if (exception !== undefined) visit.exception = exception
  if (!node) visit.status = exception === undefined ? 'Completed' : 'Error'
  return visit
}
