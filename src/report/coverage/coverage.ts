import type { FlowCoverage } from '../../flow/coverage/flow-coverage.ts'
import type { Metric, Share } from '../../flow/coverage/metric.ts'
import type { Ways } from '../../flow/coverage/ways-to-uncovered.ts'

/** What the calls of one or more runs went through, and what not. */
export interface Coverage {
  /** By their id; of a flow with several editions, the one that the latest run has met comes first. */
  readonly flows: readonly CoveredFlow[]
  /** Of the current editions of all flows together. */
  readonly shares: Readonly<Record<Metric, Share>>
  /** How a call comes to what is not covered; of current editions only. */
  readonly ways: Ways
  /** Flows that were called, and of which nothing can be said. */
  readonly unmeasured: readonly { readonly flowId: string; readonly why: string }[]
  /** Calls that do not fit the definition of their flow. */
  readonly strays: readonly StrayCall[]
  /** What a reader has to know to understand the figures, in sentences. */
  readonly notes: readonly string[]
  /** In the order in which they were read. */
  readonly runs: readonly CoveredRun[]
}

/** One edition of a flow. */
export interface CoveredFlow extends FlowCoverage {
  /** The latest run that called the flow has met this edition. */
  readonly isCurrent: boolean
  /** How many runs have met it. */
  readonly runs: number
}

/** A call that does what the definition of its flow does not allow: only its visits count. */
export interface StrayCall {
  readonly flowId: string
  /** `Scenario.id`. */
  readonly scenario: string
  readonly why: string
}

export interface CoveredRun {
  readonly runId: string
  /** RFC 3339, UTC. */
  readonly startedAt: string
  /** The target's name. */
  readonly target: string
}
