import type { JsonObject } from '../model/json.ts'
import type { Pointer } from '../model/place.ts'
import type { CannedAction } from './canned-action.ts'
import type { Diagnosis } from './diagnostic.ts'
import type { HoursProfile } from './hours-profile.ts'
import type { NodeBase } from './node-type.ts'

/** A call flow as a graph. It may come from a faulty file: `diagnosis` then says what is wrong, and the graph is what could be read. */
export interface Flow {
  readonly flowId: string
  /** What people call it. */
  readonly name?: string
  readonly version: string
  readonly published: boolean
  /** Relative to the working directory, with forward slashes. */
  readonly file: string
  /** Where calls (`main`) and events enter: name → node id. */
  readonly entries: ReadonlyMap<string, string>
  /** The variables and what they are before the call. */
  readonly variables: JsonObject
  readonly hours: ReadonlyMap<string, HoursProfile>
  readonly actions: ReadonlyMap<string, CannedAction>
  readonly nodes: ReadonlyMap<string, FlowNode>
  /** The file as data, for those who ask the API for the definition; absent where it is no YAML. */
  readonly definition?: JsonObject
  /** The file as text, for places. */
  readonly source: string
  /** What reading found: syntax, shape, and the graph itself. What needs other flows is found by `diagnose`. */
  readonly diagnosis: Diagnosis
}

/** A step of the flow: what it does, and where it leads. */
export interface FlowNode {
  readonly id: string
  /** As written, e.g. `Menu`. */
  readonly type: string
  /** What the author calls it on the canvas. */
  readonly label?: string
  /** Its place in the definition. */
  readonly pointer: Pointer
  /** 1-based, in the flow's file. */
  readonly line: number
  /** Proven by the definition of its type in the schema; absent where the node is broken. */
  readonly spec?: NodeBase
  /** By label, in the order of the file; two labels may lead to the same node. Those that a type implies (`retry`) come last. */
  readonly branches: ReadonlyMap<string, Branch>
}

/** A labelled edge. */
export interface Branch {
  readonly from: string
  /** `1`, `noInput`, `Repeat`, …; `default` for what is written as `next`. */
  readonly label: string
  readonly to: string
  /** Its place in the definition; absent for a branch that the node's type implies and nobody wrote. */
  readonly pointer?: Pointer
}
