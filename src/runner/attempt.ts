import type { JsonObject } from '../model/json.ts'
import type { Scenario } from '../model/suite.ts'
import type { Deadline } from './deadlines.ts'
import type { PutBack } from './put-back.ts'
import type { RunState } from './run-state.ts'
import type { Seat } from './seat.ts'
import type { Stretch } from './stretch.ts'

/** A scenario that was chosen to run, and the file that it stands in. */
export interface PlannedRun {
  readonly file: string
  readonly scenario: Scenario
}

/** One try of a scenario, as its steps see it. */
export interface Attempt extends PlannedRun {
  readonly run: RunState
  /** Counts from 1. */
  readonly number: number
  readonly seat: Seat
  /** What earlier steps yield to later ones, by their id. */
  readonly outputs: Map<string, JsonObject>
  /** What is put back when it is over, in the order in which it was registered. */
  readonly putBacks: PutBack[]
  /** How many requests its steps have sent: they are numbered over the whole try. */
  requests: number
}

/** The part of a try that is being run: its steps, or its teardown. */
export interface Part {
  readonly attempt: Attempt
  readonly stretch: Stretch
  readonly deadline: Deadline
  readonly isTeardown: boolean
}
