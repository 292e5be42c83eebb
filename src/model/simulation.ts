import type { Distribution } from './distribution.ts'

/**
 * A dialer simulation that came to its end, as a `simulate` step saw it. What the target did not show is absent, never zero. JSON as it
 * stands; shares are numbers within 0…1, times are milliseconds.
 */
export type SimulationObservation = {
  readonly simulationId: string
  /** Unique over all runs: how this simulation is found again. */
  readonly tag: string
  /** `completed` or `failed`. */
  readonly state: string
  /** Calls that were asked for, `maxCalls`; absent where the scenario left that to the target. */
  readonly callsRequested?: number
  /** The target's own counters. */
  readonly callsAttempted: number
  readonly callsCompleted: number
  readonly complianceBypassed: boolean
  /** What the target says went wrong; none: nothing. */
  readonly errors: readonly SimulationError[]
  readonly injected: Injection
  /** What the calls themselves told; absent where no call event came: the target sends none, or the scenario asked for none. */
  readonly calls?: SimulatedCalls
  /** What became of the call events; absent where the scenario asked for none. */
  readonly events?: CallEventCounts
  /** Of the requests of this simulation: its start, and looks at it. */
  readonly apiLatency: Distribution
  /** The run's, so that drawn numbers (a Monte-Carlo p-value) are the same when the run is repeated with `--seed`. */
  readonly seed: number
  /** From the answer that accepted the simulation to the answer that told its end. */
  readonly durationMs: number
}

type SimulationError = {
  readonly code: string
  readonly message: string
}

/** How a call can end at the dialer, by the names of call events. */
export const CALL_OUTCOMES = ['dial-tone', 'busy', 'no-answer', 'answered', 'voicemail'] as const

export type CallOutcome = (typeof CALL_OUTCOMES)[number]

/** What the scenario asked the target to inject. */
export type Injection = {
  /** False: outcomes are what they are, and nothing can be said of them against an injection. */
  readonly enabled: boolean
  /** One for each of {@link CALL_OUTCOMES}, in that order. The probabilities sum to exactly 1 as decimals, as numbers to within rounding. */
  readonly classes: readonly InjectedClass[]
}

export type InjectedClass = {
  readonly outcome: CallOutcome
  /** Within 0…1. */
  readonly probability: number
  /** The class that takes what the stated probabilities leave over (`voicemail`). */
  readonly isResidual?: true
}

/** What the events of the calls add up to, each call counted once, whatever the number and order of its events. */
export type SimulatedCalls = {
  /** Calls of which any event came. */
  readonly seen: number
  /** Calls whose end is known: the sum of `outcomes`, of calls that ended without an outcome, and no others. */
  readonly ended: number
  /**
   * Calls that ended, by outcome: one entry for each of {@link CALL_OUTCOMES} (0 where there was none), and one for each other name that
   * the target used.
   */
  readonly outcomes: Readonly<Record<string, number>>
  /** Calls that somebody answered: the outcome `answered`, abandoned ones included. The base of the abandon rate. */
  readonly answered: number
  /** Answered, but no agent came in time. */
  readonly abandoned: number
  /** Calls whose state is `failed`. */
  readonly failed: number
  /** Calls whose end came with different outcomes; the first in the alphabet counts, whatever the order of the events. */
  readonly contradictory: number
  /** Of calls that told one; absent where none did. */
  readonly duration?: Distribution
  /** Absent where no event told when a call began or how long it took. */
  readonly inFlight?: CallsInFlight
  /** Absent where nothing was injected. */
  readonly accuracy?: Accuracy
}

/** How many calls were on the line at once: from the begin to the end of each, the end not included. */
export type CallsInFlight = {
  readonly max: number
  /** Calls whose begin and end are known, and on which this rests. */
  readonly calls: number
  /** At most 120 stretches of equal length; `atMs` counts from the first begin, `max` is the most at once within the stretch. */
  readonly overTime: readonly { readonly atMs: number; readonly max: number }[]
}

/** How many of the calls that ended did so as injected: with an outcome whose probability is above 0, and in its end state (`completed`). */
export type Accuracy = {
  readonly asInjected: number
  /** Calls that ended. */
  readonly calls: number
  /** `asInjected / calls`; absent for no calls. */
  readonly share?: number
}

/** What came to the receiver for a simulation, and how it fits to the target's counters. */
export type CallEventCounts = {
  /** Everything that came, duplicates included. */
  readonly received: number
  /** The same call in the same state again. */
  readonly duplicates: number
  /** Came after the target had said that the simulation is over; counted in `calls` all the same. */
  readonly late: number
  /** No event of this simulation: it names another one, or a state of a call that is not known. */
  readonly unknown: number
  /** States of calls that are not known; map them in the configuration. At most ten of them. */
  readonly unknownStates: readonly string[]
  /** Calls that have ended by the target's counters and of which no end came; 0: nothing is missing. */
  readonly lost: number
  /** Calls of which an end came although the target's counters know fewer; 0: none. */
  readonly surplus: number
}
