import type { Place } from '../../model/place.ts'
import type { RuleId } from '../rule.ts'
import type { Solution } from '../solve/solution.ts'

export type Severity = 'error' | 'warning' | 'note'

/** Something that the analysis has to say about a flow. */
export interface FlowFinding {
  readonly rule: RuleId
  readonly severity: Severity
  readonly flowId: string
  /** One sentence for whoever keeps the flow. */
  readonly message: string
  readonly place?: Place
  /** The nodes and branches that it is about, in the order of a call. */
  readonly way?: readonly WayStep[]
  /** How a caller gets there. */
  readonly reach?: Solution
  readonly advice?: string
  /** Why the author allows it: what stands behind `cxspec-ignore RULE:`. */
  readonly suppressed?: string
}

/** A node, and the branch by which it is left; nodes of other flows than the finding's carry the id of theirs. */
export interface WayStep {
  readonly node: string
  /** Absent at the end of a way. */
  readonly branch?: string
}

/** The way as people read it: `menu -9→ say -default→ menu`. */
export function describeWay(way: readonly WayStep[]): string {
  return way
    .map(({ node, branch }, index) => `${node}${branch === undefined ? '' : ` -${branch}→${index === way.length - 1 ? '' : ' '}`}`)
    .join('')
}
