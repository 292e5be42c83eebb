/** What is counted of a flow, by the names that `--min-coverage` and reports use. */
export const METRICS = ['nodes', 'branches', 'pairs', 'entries', 'exits', 'subFlows'] as const

export type Metric = (typeof METRICS)[number]

/** How much of something calls went through. */
export interface Share {
  readonly total: number
  /** In any call. */
  readonly covered: number
  /** In a call of a try that passed. */
  readonly passed: number
  /** Not covered for certain: traces leave open whether they were it. */
  readonly ambiguous: number
}

export const NOTHING: Share = { total: 0, covered: 0, passed: 0, ambiguous: 0 }

/** Both together. */
export function addShares(one: Share, other: Share): Share {
  return {
    total: one.total + other.total,
    covered: one.covered + other.covered,
    passed: one.passed + other.passed,
    ambiguous: one.ambiguous + other.ambiguous,
  }
}

/** In percent; of nothing, everything is covered. */
export function percentOf({ total, covered }: Share): number {
  return total === 0 ? 100 : (100 * covered) / total
}
