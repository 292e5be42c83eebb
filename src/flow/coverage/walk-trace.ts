import type { JsonObject } from '../../model/json.ts'
import { holdsMask } from '../../model/mask.ts'
import type { Trace, Visit } from '../../model/trace.ts'
import { Caller } from '../caller.ts'
import type { Flow, FlowNode } from '../flow.ts'
import { RETRY } from '../gather.ts'
import type { Library } from '../library.ts'
import type { FlowUse } from '../node-type.ts'
import { nodeTypes } from '../node-types.ts'
import { programOf } from '../program.ts'
import type { Enter } from '../step.ts'
import { usesOf } from '../uses.ts'
import { CALL_TIME } from '../variables.ts'
import { possibleLabels } from './possible-labels.ts'
import type { Sighting, TakenBranch } from './sighting.ts'

/** What is known about who made the trace. */
export interface WalkOptions {
  /** Our own emulator did it, by these definitions. */
  readonly isEmulated: boolean
}

/**
 * What a trace shows of the flows of a library. Where it does not tell branches, they are concluded from what it does tell; where that
 * leaves several, all of them are named, and the one that was taken is among them. Never throws: what does not fit is a sighting too.
 */
export function walkTrace(trace: Trace, library: Library, options: WalkOptions): readonly Sighting[] {
  return new TraceWalk(trace, library, options).walk()
}

/** A flow that the call is in. */
interface Frame {
  readonly flow: Flow
  /** After the last visit; absent: unknown. */
  variables: JsonObject | undefined
  /** Where the call goes on when it leaves the flow; absent: it ends. */
  readonly origin?: Origin | undefined
  /** How the call came here is not known, and so neither where it goes on when it leaves. */
  readonly isLost?: true
  /** The branch that led to the present node. */
  last?: TakenBranch
}

interface Origin {
  readonly frame: Frame
  readonly node: FlowNode
  readonly outputs: Enter['outputs']
}

interface Place {
  readonly flow: Flow
  readonly node: FlowNode
}

class TraceWalk {
  readonly #trace: Trace
  readonly #library: Library
  readonly #options: WalkOptions
  readonly #sightings: Sighting[] = []
  readonly #tellsInput: boolean
  #frame: Frame | undefined
  /** How often the present node may have asked in vain; empty: unknown. */
  #failedTries: readonly number[] = [0]

  constructor(trace: Trace, library: Library, options: WalkOptions) {
    this.#trace = trace
    this.#library = library
    this.#options = options
    this.#tellsInput = trace.visits.some(({ type, input }) => type !== undefined || input !== undefined)
  }

  walk(): readonly Sighting[] {
    const [first, ...others] = this.#trace.visits
    const start = first && this.#find(first.node)
    if (start) this.#begin(start)
    for (const [index, visit] of this.#trace.visits.entries()) this.#visit(visit, others[index])
    return this.#sightings
  }

  #begin({ flow, node }: Place): void {
    const names = entriesAt(flow, node)
    // A call comes in by `main`; the other entries are for events.
    const by = names.includes('main') ? ['main'] : names
    if (by.length > 0) this.#sightings.push({ kind: 'entry', flow, names: by })
    this.#frame = { flow, variables: undefined }
  }

  #visit(visit: Visit, next: Visit | undefined): void {
    const place = this.#find(visit.node)
    if (!place) {
      if (this.#isKnown(visit.node)) this.#stray(`there is no node "${visit.node}"`)
      this.#frame = undefined
      return
    }
    const { flow, node } = place
    const frame = this.#frame?.flow === flow ? this.#frame : lost(flow)
    this.#frame = frame
    this.#sightings.push({ kind: 'node', flow, node: node.id })
    const before = frame.variables
    frame.variables = visit.variables
    const to = next && this.#find(next.node)
    if (to) this.#go(place, to, { frame, visit, before })
    else if (!next) this.#end(place, visit)
  }

  #end({ flow, node }: Place, { exception, status }: Visit): void {
    if (exception === undefined && status !== 'Error' && mayEnd(node)) this.#sightings.push({ kind: 'exit', flow, node: node.id })
  }

  #go(place: Place, to: Place, at: At): void {
    const { flow, node } = place
    const use = usesOf(node).flow
    const labels = to.flow === flow ? [...node.branches.values()].filter((branch) => branch.to === to.node.id) : []
    if (use) this.#cross(place, to, { ...at, use })
    else if (labels.length > 0)
      this.#take(
        place,
        labels.map(({ label }) => label),
        at,
      )
    else if (node.branches.size === 0 && mayEnd(node)) this.#leave(place, to, at)
    else this.#lose(to, `no branch of node "${node.id}" leads to node "${to.node.id}"`)
  }

  #take({ flow, node }: Place, labels: readonly string[], at: At): void {
    const taken = { node: node.id, labels: this.#certain({ flow, node }, labels, at) }
    this.#branch(at.frame, taken)
    const hasAskedAgain = taken.labels.includes(RETRY) && node.branches.get(RETRY)?.to === node.id
    const again = this.#failedTries.map((count) => count + 1)
    const isCertain = taken.labels.length === 1 || again.length === 0
    this.#failedTries = !hasAskedAgain ? [0] : isCertain ? again : [0, ...again]
  }

  /** The labels of which one was taken: those that the visit tells, or those that it may have been. */
  #certain({ flow, node }: Place, labels: readonly string[], { visit, before }: At): readonly string[] {
    if (visit.branch !== undefined && labels.includes(visit.branch)) return [visit.branch]
    if (labels.length === 1) return labels
    const { isEmulated } = this.#options
    const possible = possibleLabels({
      flow,
      node,
      visit,
      ...(before === undefined ? {} : { before }),
      failedTries: this.#failedTries,
      tellsInput: this.#tellsInput,
      isEmulated,
    })
    const left = labels.filter((label) => possible?.has(label) ?? true)
    return left.length > 0 ? left : labels
  }

  #branch(frame: Frame, taken: TakenBranch): void {
    const { flow, last } = frame
    this.#sightings.push({ kind: 'branch', flow, taken, ...(last ? { before: last } : {}) })
    frame.last = taken
  }

  /** Into another flow. */
  #cross(place: Place, to: Place, { frame, visit, use }: At & { readonly use: FlowUse }): void {
    const called = this.#library.get(use.flowId)
    if (!called || to.flow !== called || called.entries.get(use.entry) !== to.node.id) {
      this.#lose(to, `node "${place.node.id}" does not lead to node "${to.node.id}"`)
      return
    }
    const { flow, node } = place
    this.#sightings.push({ kind: 'sub-flow', flow, node: node.id })
    if (!use.returns && mayEnd(node)) this.#sightings.push({ kind: 'exit', flow, node: node.id })
    this.#sightings.push({ kind: 'entry', flow: called, names: [use.entry] })
    const step = entering(place, visit.variables)
    const origin = use.returns ? { frame, node, outputs: step?.outputs } : frame.origin
    const isLost = !use.returns && frame.isLost
    this.#frame = {
      flow: called,
      variables: step && { ...called.variables, ...callTime(visit.variables), ...step.inputs },
      origin,
      ...(isLost ? { isLost } : {}),
    }
    this.#failedTries = [0]
  }

  /** Back to the flow that called this one. */
  #leave(place: Place, to: Place, at: At): void {
    const { node } = place
    const { origin, isLost } = at.frame
    if (!origin && !isLost) {
      this.#lose(to, `node "${node.id}" ends the call, which goes on at node "${to.node.id}"`)
      return
    }
    this.#sightings.push({ kind: 'exit', flow: place.flow, node: node.id })
    this.#failedTries = [0]
    if (origin) this.#return(origin, to, at.visit)
    else this.#frame = lost(to.flow)
  }

  #return({ frame, node, outputs }: Origin, to: Place, { variables: left }: Visit): void {
    if (frame.flow !== to.flow || node.branches.get('default')?.to !== to.node.id) {
      this.#lose(to, `node "${node.id}" does not lead to node "${to.node.id}"`)
      return
    }
    const returned = left && outputs?.(left)
    frame.variables = frame.variables && returned && { ...frame.variables, ...returned }
    this.#frame = frame
    this.#branch(frame, { node: node.id, labels: ['default'] })
  }

  #stray(why: string): void {
    this.#sightings.push({ kind: 'stray', why })
  }

  /** Goes on where the trace does, without knowing how the call came there. */
  #lose(to: Place, why: string): void {
    this.#stray(why)
    this.#frame = lost(to.flow)
    this.#failedTries = []
  }

  #find(name: string): Place | undefined {
    const flow = this.#library.get(this.#flowIdOf(name))
    const node = flow?.nodes.get(name.slice(name.indexOf('/') + 1))
    return flow && node && { flow, node }
  }

  /** Whether the definition of the node's flow is known, so that the node has to be in it. */
  #isKnown(name: string): boolean {
    return this.#library.has(this.#flowIdOf(name))
  }

  /** Nodes of the flow that was called have no prefix. */
  #flowIdOf(name: string): string {
    const slash = name.indexOf('/')
    return slash < 0 ? this.#trace.flowId : name.slice(0, slash)
  }
}

/** A visit, and what was known before. */
interface At {
  readonly frame: Frame
  readonly visit: Visit
  readonly before: JsonObject | undefined
}

function lost(flow: Flow): Frame {
  return { flow, variables: undefined, isLost: true }
}

function entriesAt({ entries }: Flow, { id }: FlowNode): string[] {
  return [...entries].flatMap(([name, node]) => (node === id ? [name] : []))
}

/** Whether the call, or the flow, may end at a node. */
export function mayEnd({ type, spec }: FlowNode): boolean {
  return (spec && nodeTypes.get(type)?.mayEnd?.(spec)) ?? false
}

/** What the node gives to the flow that it enters; `undefined` where that depends on variables that are not known. */
function entering({ flow, node }: Place, variables: JsonObject | undefined): Enter | undefined {
  const behaviour = programOf(flow).nodes.get(node.id)?.behaviour
  if (!variables || !behaviour || holdsMask(node.spec)) return undefined
  const step = behaviour({ variables, caller: new Caller('', ''), failedTries: 0, date: () => new Date(0) })
  return step.kind === 'enter' ? step : undefined
}

/** The time of the call is the same in every flow. */
function callTime(variables: JsonObject = {}): JsonObject {
  const time = variables[CALL_TIME]
  return time === undefined ? {} : { [CALL_TIME]: time }
}
