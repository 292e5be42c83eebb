import type { JsonObject } from '../model/json.ts'
import type { CannedAction } from './canned-action.ts'
import type { Diagnosis } from './diagnostic.ts'
import type { HoursProfile } from './hours-profile.ts'
import type { NodeSpec } from './node-spec.ts'

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
  readonly entries: ReadonlyMap<string, Entry>
  /** The variables and what they are before the call. */
  readonly variables: JsonObject
  readonly hours: ReadonlyMap<string, HoursProfile>
  readonly actions: ReadonlyMap<string, CannedAction>
  readonly nodes: ReadonlyMap<string, FlowNode>
  /** The definition as it stands in the file, for those who ask the API for it; absent where the file is no YAML. */
  readonly definition?: JsonObject
  /** What reading found: syntax, shape, and the graph itself. What needs other flows is found by `diagnose`. */
  readonly diagnosis: Diagnosis
}

/** An entry into a flow and the line of the file where it is named. */
export interface Entry {
  readonly node: string
  readonly line: number
}

/** An action of the flow: what it does, and where it leads. */
export interface FlowNode {
  readonly id: string
  /** As written, e.g. `Menu`; {@link NodeSpec} says it again where the node could be read. */
  readonly type: string
  /** What the author calls it on the canvas. */
  readonly label?: string
  /** 1-based, in the flow's file. */
  readonly line: number
  /** Absent where the node is broken. */
  readonly spec?: NodeSpec
  /** By label, in the order of the file; two labels may lead to the same node. Those that a type implies (`retry`) are among them. */
  readonly branches: ReadonlyMap<string, Branch>
}

/** A labelled edge. */
export interface Branch {
  readonly from: string
  /** `1`, `noInput`, `Repeat`, …; `default` for what is written as `next`. */
  readonly label: string
  readonly to: string
  /** True for an edge that the node's type implies and nobody wrote. @default false */
  readonly implied?: boolean
}
