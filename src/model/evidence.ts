import type { Json } from './json.ts'
import type { Pointer } from './place.ts'

/**
 * What one expectation rests on where it is about many calls: told whatever the verdict, also when it is met, so that a report can show
 * what was observed against what was expected. Shares and probabilities are within 0…1, durations in milliseconds.
 */
export interface Evidence {
  /** What must hold, in words: `at most 3% of the answered calls are abandoned`. */
  readonly claim: string
  readonly verdict: Verdict
  readonly method: Method
  /** How many calls (or requests, for latencies) it rests on. */
  readonly n: number
  readonly observed: Json
  readonly expected: Json
  /** In which the true value lies, as far as `n` can tell. */
  readonly interval?: Interval
  /** Of the test, e.g. chi-square. */
  readonly statistic?: number
  readonly degreesOfFreedom?: number
  /** How probable a deviation like the observed one, or a larger one, is where the expectation holds. */
  readonly p?: number
  /** The expectation is unmet where `p` is below. */
  readonly alpha?: number
  /** How many random samples `p` comes from. */
  readonly samples?: number
  /** Inconclusive: so many in all would decide it, if they go on like those before. Absent: no number would. */
  readonly callsNeeded?: number
  /** What a reader should know beside the figures, e.g. that some calls told nothing. */
  readonly remark?: string
  /** Share by share, where the calls fall into classes; for charts. */
  readonly classes?: readonly EvidenceClass[]
  /** The expectation, from the step's `expect`: `['outcomes', 'matchInjection']`. */
  readonly at?: Pointer
}

export type Verdict = 'met' | 'unmet' | 'inconclusive'

type Method =
  /** A plain comparison of what was counted or measured. */
  | 'comparison'
  /** Pearson's test of goodness of fit. */
  | 'chi-square'
  /** All that could have come out, weighed by its probability. */
  | 'exact-multinomial'
  /** The same, estimated from seeded random samples. */
  | 'monte-carlo-multinomial'
  /** The score interval of Wilson. */
  | 'wilson-interval'
  /** The one-sided bound of Clopper and Pearson. */
  | 'exact-bound'

/** Both ends belong to it. */
export interface Interval {
  readonly low: number
  readonly high: number
  /** In so many cases an interval made like this holds the true value. */
  readonly confidence: number
}

/** The calls of one class, e.g. of one outcome. */
export interface EvidenceClass {
  readonly name: string
  readonly count: number
  readonly share: number
  readonly interval: Interval
  readonly expectedCount?: number
  readonly expectedShare?: number
}
