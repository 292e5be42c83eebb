import { checkExecution, type ExecutionRules } from '../model/check-execution.ts'
import { checkSimulation, type SimulationRules } from '../model/check-simulation.ts'
import type { Fault } from '../model/fault.ts'
import type { JsonObject } from '../model/json.ts'
import type { Pointer } from '../model/place.ts'

/** What the reader of scenarios knows about a kind of step; its fields stand in schemas/scenario/KEY.json. */
export interface ReadableKind {
  /** The key in YAML. */
  readonly key: string
  /** Whether the file's `flow` is filled in where `flowId` is left out. */
  readonly takesFlow: boolean
  /**
   * What no schema can say: everything else that is wrong with the input of a step, each with its way from there. It is also given inputs
   * that the schema refuses, so it judges what it can and passes over the rest. @default nothing
   */
  readonly check?: (input: JsonObject, rules: StepRules) => readonly (Fault & { readonly at: Pointer })[]
}

/** What the configuration allows the steps of scenarios. */
export interface StepRules {
  readonly simulations: SimulationRules
  readonly executions: ExecutionRules
}

/** Nothing is bounded, and no address is allowed: where no configuration says otherwise. */
export const USUAL_RULES: StepRules = {
  simulations: { maxConcurrency: Number.POSITIVE_INFINITY, webhookUrls: [] },
  executions: { callbackUrls: [] },
}

/** Every kind of step that a scenario may have. A new kind is a new part of the schema and one line here. */
export const stepKinds: readonly ReadableKind[] = [
  { key: 'debug', takesFlow: true },
  { key: 'compile', takesFlow: true },
  { key: 'execute', takesFlow: false, check: (input, { executions }) => checkExecution(input, executions) },
  { key: 'simulate', takesFlow: false, check: (input, { simulations }) => checkSimulation(input, simulations) },
  { key: 'setAvailability', takesFlow: false },
]
