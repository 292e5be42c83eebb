import type { Json } from './json.ts'

/** What a flow itself says about how often a call may come to its nodes. Made from its definition; handed to those who judge traces. */
export interface VisitBounds {
  /** The most visits of a node that a call may have between two choices of its caller; Infinity: nothing counts. `undefined`: unknown. */
  readonly most: (node: string) => number | undefined
  /** Why nothing counts, as the end of a sentence; `undefined` where something does. */
  readonly why: (node: string) => string | undefined
  /** Whether what a caller entered at a node is one of its choices, so that going round is what the caller wants. */
  readonly isChoice: (node: string, input: Json) => boolean
}
