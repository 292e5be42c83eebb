import type { Json, JsonObject } from '../../model/json.ts'
import type { CallerAct } from '../demands.ts'
import type { Flow } from '../flow.ts'
import type { Enter } from '../step.ts'
import type { Freedom, FreeVariables } from './free-variables.ts'
import type { SearchNode } from './search-node.ts'

/** A flow that a call is in. Never changed: a call that goes on has new ones. */
export interface SearchFrame {
  readonly flow: Flow
  readonly variables: JsonObject
  readonly free: FreeVariables
  /** Where the call goes on when it leaves the flow; absent: it ends. */
  readonly origin?: { readonly frame: SearchFrame; readonly node: SearchNode; readonly outputs: NonNullable<Enter['outputs']> }
  /** The branch that led to the present node. */
  readonly lastBranch?: { readonly node: string; readonly label: string }
}

/** A place in the search: a call that is about to visit `node`, or that has ended where there is none. */
export interface SearchState {
  readonly node: SearchNode | undefined
  readonly frame: SearchFrame
  /** How the call ended, where there is no node. */
  readonly ending?: 'completed' | 'broken'
  readonly failedTries: number
  /** How each action answers in this call, once it was called: as the flow says (`canned`), with a fault, or with a result made up. */
  readonly answers: Readonly<Record<string, AnswerMode>>
  readonly effort: number
  /** How long the keys are with the pauses between them: of inputs of equal effort, what is shorter to write is the better. */
  readonly written: number
  /** How many visits there were. */
  readonly steps: number
  /** How many of them since the caller last did something. */
  readonly idleSteps: number
  /** How the call came here; absent at the start. */
  readonly via?: Move
}

export type AnswerMode = 'canned' | 'fault' | 'result'

/** One step of the search. */
export interface Move {
  readonly from: SearchState
  /** The branch, as traces tell it, where a visit was made. */
  readonly visit?: { readonly branch?: string }
  /** The branches of flows that were taken: two where a flow returns. */
  readonly taken: readonly TakenBranch[]
  readonly act?: CallerAct
  /** A free variable that got a value. */
  readonly choice?: { readonly variable: string; readonly value: Json; readonly freedom: Freedom }
}

export interface TakenBranch {
  readonly flowId: string
  readonly node: string
  readonly label: string
  /** The branch before it in the same visit of the flow. */
  readonly before?: { readonly node: string; readonly label: string }
}
