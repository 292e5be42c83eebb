import type { CallState } from '../model/call-event.ts'
import type { ExecutionRules } from '../model/check-execution.ts'

/** What is configured about single kinds of steps. The shape is that of the settings. */
export interface StepSettings {
  readonly simulations: SimulationSettings
  readonly executions: ExecutionRules
}

export interface SimulationSettings {
  /** The largest `concurrencyLimit` that the organization allows. */
  readonly maxConcurrency: number
  /** How often a simulation is looked at while nobody knows how long such simulations take. */
  readonly pollEveryMs: number
  /** States of calls as this deployment names them, by the names that cxspec knows. */
  readonly callStates: Readonly<Record<string, CallState>>
  /** Whether simulations tell of their calls where the scenario does not say. */
  readonly callEvents: boolean
  /** Whether the target reaches a receiver here: it is on this machine, or the receiver has an address for others. */
  readonly reachesUs: boolean
  /** Addresses, letter by letter, that a scenario may name as its `webhookUrl`. */
  readonly webhookUrls: readonly string[]
}
