import type { Json, JsonObject } from '../../model/json.ts'

/** What an execution of a data action comes to. */
export interface ActionAnswer {
  /** With `{name}` for inputs. @default {} */
  readonly result?: Json
  /** It fails with this. */
  readonly error?: { readonly code: string; readonly message: string }
  /** How long it takes, e.g. `300ms`. @default 200ms */
  readonly delay?: string
}

/** A data action as a tenant file declares it. */
export interface Action extends ActionAnswer {
  readonly name?: string
  /** The JSON Schema (draft-07) of the inputs; absent: every input is taken. */
  readonly inputs?: JsonObject
  /** The share of the executions that fail. @default 0 */
  readonly failureRate?: number
  /** Other answers where the inputs have these values; the first that fits counts. */
  readonly cases?: readonly (ActionAnswer & { readonly inputs: JsonObject })[]
}

/** Data actions by their id. */
export type Actions = ReadonlyMap<string, Action>
