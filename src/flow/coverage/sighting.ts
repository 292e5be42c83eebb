import type { Flow } from '../flow.ts'

/** What the trace of a call shows of the flows that it went through. */
export type Sighting = NodeSighting | BranchSighting | EntrySighting | ExitSighting | SubFlowSighting | StraySighting

/** A node was visited. */
interface NodeSighting {
  readonly kind: 'node'
  readonly flow: Flow
  readonly node: string
}

/** A branch was taken, behind another one of the same visit of the flow where there was one. */
interface BranchSighting {
  readonly kind: 'branch'
  readonly flow: Flow
  readonly taken: TakenBranch
  readonly before?: TakenBranch
}

/** The branch with which a node was left: one label, or several where the trace does not tell which of them. */
export interface TakenBranch {
  readonly node: string
  readonly labels: readonly string[]
}

/** A flow was entered; several names where the trace does not tell by which. */
interface EntrySighting {
  readonly kind: 'entry'
  readonly flow: Flow
  readonly names: readonly string[]
}

/** A flow, or the call, came to an end at a node, as it should. */
interface ExitSighting {
  readonly kind: 'exit'
  readonly flow: Flow
  readonly node: string
}

/** A node called another flow, or went on in it. */
interface SubFlowSighting {
  readonly kind: 'sub-flow'
  readonly flow: Flow
  readonly node: string
}

/** The trace does not fit the definition. */
interface StraySighting {
  readonly kind: 'stray'
  /** A sentence: what the call did that the flow does not allow. */
  readonly why: string
}
