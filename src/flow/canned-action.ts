import type { Json, JsonObject } from '../model/json.ts'

/** What a data action answers in the emulator: `cases` whose inputs fit come first, then `result` or `fault`. */
export interface CannedAction extends CannedAnswer {
  readonly cases?: readonly (CannedAnswer & { readonly inputs: Readonly<Record<string, Json>> })[]
}

export interface CannedAnswer {
  /** @default {} */
  readonly result?: JsonObject
  /** The text of a failure. */
  readonly fault?: string
  /** How long it works, as `150ms`. @default `100ms` */
  readonly latency?: string
}
