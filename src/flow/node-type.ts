import type { JsonObject } from '../model/json.ts'
import type { Caller } from './caller.ts'
import type { Demands, LoopGuard } from './demands.ts'
import type { Flow, FlowNode } from './flow.ts'
import type { Step } from './step.ts'

/** What every node of a flow file has; its type adds its own fields. */
export interface NodeBase {
  readonly id: string
  readonly type: string
  readonly label?: string
  /** Short for the branch `default`. */
  readonly next?: string
  readonly branches?: Readonly<Record<string, string>>
}

/**
 * A type of node: one file under nodes/, one line in node-types.ts, and a definition of the same name in the schema.
 * `Spec` is what that definition proves. Functions are written as methods so that types of several specs fit one list.
 */
export interface NodeType<Spec extends NodeBase = NodeBase> {
  /** As flow files write it. */
  readonly name: string
  /** As traces write it. */
  readonly traceType: string
  /** The platform's own work at a visit, in milliseconds of virtual time. */
  readonly workMs: number
  /** False for what stands on the canvas and is no step of a call. @default true */
  readonly executable?: false
  /** True where a visit leaves the flow for the one that called it. @default false */
  readonly leaves?: true
  branchRules(spec: Spec): BranchRules
  /** The names that it uses of the rest of the flow, and of other flows. */
  uses?(spec: Spec): Uses
  /** What cannot work although the schema allows it: each the end of a sentence that begins with the node. */
  complaints?(spec: Spec): string[]
  /** Whether a call, or the flow, may end here. @default false */
  mayEnd?(spec: Spec): boolean
  /** What its branches depend on. @default nothing: every visit goes the same way */
  demands?(spec: Spec, surroundings: Surroundings, node: FlowNode): Demands
  /** What bounds a loop that goes through it. @default nothing */
  loopGuards?(spec: Spec): readonly LoopGuard[]
  /** Prepares what a visit does. Called once for each node, so that a visit costs little. */
  prepare(spec: Spec, surroundings: Surroundings, node: FlowNode): Behaviour
}

/** What a visit does, given the state of the call. */
export type Behaviour = (situation: Situation) => Step

/** The state of a call at a visit. */
export interface Situation {
  readonly variables: JsonObject
  readonly caller: Caller
  /** How often this node has just asked in vain. */
  readonly failedTries: number
  /** The time of the call, where no variable sets it. */
  readonly date: () => Date
}

/** What a node may use of the flow in which it stands. */
type Surroundings = Pick<Flow, 'hours' | 'actions'>

/** The labels of a node type. Where the flow does not name the branch that is taken, `default` is. */
export interface BranchRules {
  /** The labels that it takes, `default` among them where it may; absent: any label. */
  readonly labels?: readonly string[]
  /** Without these, or `default` in their place, the flow does not compile. @default [] */
  readonly required?: readonly string[]
  /** Labels that should be there, or `default` in their place, and what happens without. @default {} */
  readonly advised?: Readonly<Record<string, string>>
  /** Advised labels for which `default` does not stand in. @default [] */
  readonly strict?: readonly string[]
  /** Branches that the type implies: label → node. @default {} */
  readonly implied?: Readonly<Record<string, string>>
}

/** Names that must exist. Variables are named without the fields below them. */
export interface Uses {
  readonly reads?: readonly string[]
  readonly writes?: readonly string[]
  readonly hours?: string
  readonly action?: string
  readonly flow?: FlowUse
}

/** A use of another flow. */
export interface FlowUse {
  readonly flowId: string
  readonly entry: string
  /** Whether the call comes back from it. */
  readonly returns: boolean
  /** Variables of that flow that are set or read. */
  readonly variables: readonly string[]
}
