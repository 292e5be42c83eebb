import type { GraphEdge } from '../graph/flow-graph.ts'

/** What ends a loop, the strongest first. */
export type LoopClass =
  /** A counter, or the number of retries, bounds it. */
  | 'counted'
  /** It plays hold music until an agent answers. */
  | 'hold'
  /** Each round waits for the caller. */
  | 'caller'
  /** A branch leads out by a variable that the loop changes, or by what another system or the clock says. */
  | 'guarded'
  /** Nothing of all this: a caller who gets in may never get out. */
  | 'unguarded'

/** A way that leads back to where it began. */
export interface Loop {
  readonly class: LoopClass
  /** One round, the shortest, in the order of a call. Where a large flow has too many loops to look at each, only the first edge. */
  readonly round: readonly GraphEdge[]
  /** What bounds or guards it, in words: `the counter "tries"`. Absent for `unguarded`. */
  readonly by?: string
  /** How often the round can be gone again. Only where it is counted. */
  readonly bound?: number
  /** Whether any branch leads out of the loop. */
  readonly hasExit: boolean
}
