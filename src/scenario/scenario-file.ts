import type { Json, JsonObject } from '../model/json.ts'

/** A scenario file as written, once the schema has proven it. */
export interface ScenarioFile {
  readonly suite?: string
  readonly tags?: Json
  readonly flow?: string
  readonly vars?: JsonObject
  readonly scenarios: readonly WrittenScenario[]
}

/** A scenario as written: the step of the short form stands in the scenario itself. Numbers and booleans may still be placeholders. */
export interface WrittenScenario extends WrittenStep {
  readonly name: string
  readonly tags?: Json
  readonly skip?: string
  readonly only?: Json
  readonly retries?: Json
  readonly timeout?: Json
  readonly resource?: Json
  readonly examples?: readonly JsonObject[] | { readonly file: string }
  readonly steps?: readonly WrittenStep[]
  readonly teardown?: readonly WrittenStep[]
}

/** A step as written: its input under the key of its kind. */
export interface WrittenStep extends JsonObject {
  readonly id?: string
  readonly expect?: JsonObject
}

/** A row of examples: values by the names of their placeholders. */
export type Row = JsonObject
