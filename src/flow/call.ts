import type { JsonObject } from '../model/json.ts'
import type { Library } from './library.ts'

/** What the caller does, and what bounds the call. */
export interface Call {
  /** Keys `0-9 * # A-D`; `,` is two seconds of silence, `w` half a second. After the last key there is silence for ever. @default '' */
  readonly dtmf?: string
  /** What the caller says; each line is an utterance of its own. @default '' */
  readonly speech?: string
  /** Set over the flow's own before the call begins. `callTime` sets the time for Hours. @default {} */
  readonly variables?: JsonObject
  /** How often one node may be visited; the visit after that breaks the call. @default 50 */
  readonly maxLoops?: number
  /** How many visits a call may have. @default 10000 */
  readonly maxSteps?: number
  /** Where the call enters the flow. @default 'main' */
  readonly entry?: string
}

/** What a call depends on besides the caller. */
export interface World {
  readonly flows: Library
  /** The time of day at which the call begins; asked only by Hours, and only without `callTime`. */
  readonly date: () => Date
}
