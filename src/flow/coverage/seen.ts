/** How often something was seen in calls. */
export interface Seen {
  /** In tries of scenarios that passed. */
  readonly passed: number
  /** In all others. */
  readonly failed: number
  /** How often it, or something else, was seen, and the trace does not tell which. */
  readonly ambiguous: number
}

export const NOTHING_SEEN: Seen = { passed: 0, failed: 0, ambiguous: 0 }

/** How often it was seen for certain. */
export function timesOf({ passed, failed }: Seen): number {
  return passed + failed
}

/** Whether it was seen for certain. */
export function isCovered(seen: Seen): boolean {
  return timesOf(seen) > 0
}
