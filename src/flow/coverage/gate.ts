import { type Metric, percentOf, type Share } from './metric.ts'

/** The least share that has to be covered, in percent. */
export interface Least {
  readonly metric: Metric
  readonly percent: number
}

/** What is below its least share. */
export interface Shortfall extends Least {
  readonly share: Share
  /** How many more have to be covered. */
  readonly missing: number
}

/** What does not reach the share that it has to have. Nothing is rounded: 89.99 % is less than 90 %. */
export function shortfalls(least: readonly Least[], shares: Readonly<Record<Metric, Share>>): Shortfall[] {
  return least.flatMap(({ metric, percent }) => {
    const share = shares[metric]
    if (percentOf(share) >= percent) return []
    return [{ metric, percent, share, missing: Math.ceil((percent * share.total) / 100) - share.covered }]
  })
}
