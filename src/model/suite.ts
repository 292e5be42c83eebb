import type { JsonObject } from './json.ts'
import type { Pointer } from './place.ts'

/** One scenario file, checked and with its placeholders filled in, except those that name earlier steps. Plain JSON: it can be cached. */
export interface Suite {
  /** Relative to the working directory, with forward slashes. */
  readonly file: string
  readonly name: string
  readonly scenarios: readonly Scenario[]
}

/** A test case: a scenario of the file, or one example row of it. */
export interface Scenario {
  /** Unique and stable over runs: `scenarios/menu.cxspec.yaml#key 1 reaches sales`. */
  readonly id: string
  /** As shown, with the values of its example row: `every key reaches its queue [key=1, queue=queue_sales]`. */
  readonly name: string
  /** 1-based line of the scenario in its file. */
  readonly line: number
  /** The id of the scenario that runs several times, of which this is one; absent: it runs once. */
  readonly repeatOf?: string
  /** The file's tags and its own. */
  readonly tags: readonly string[]
  /** Why it is left out; absent: it runs. */
  readonly skip?: string
  /** Where any scenario says so, only those run. @default false */
  readonly only?: boolean
  /** How often the whole scenario is tried again after a failure; absent: as configured. */
  readonly retries?: number
  /** Bound on the whole scenario, teardown apart, in milliseconds; absent: as configured. */
  readonly timeoutMs?: number
  /** Scenarios that share one of these never run beside each other. @default [] */
  readonly resources?: readonly string[]
  readonly steps: readonly Step[]
  /** Run whatever happened. @default [] */
  readonly teardown?: readonly Step[]
}

/** One thing that a scenario does, and what must hold after it. */
export interface Step {
  /** `debug`, `compile`, …: the key that holds its input. */
  readonly kind: string
  /** The name under which later steps refer to it. */
  readonly id?: string
  /** What stands under the kind's key; the file's `flow` is filled in where the kind takes a flowId. */
  readonly input: JsonObject
  /** What stands under `expect`, without `within`. @default {} */
  readonly expect: JsonObject
  /** `expect.within`, in milliseconds: how long the step may wait for what it started. */
  readonly withinMs?: number
  /** Where the step stands in its file: `['scenarios', 0]` or `['scenarios', 0, 'steps', 1]`. */
  readonly pointer: Pointer
  /** Texts of `input` and `expect` that take something from an earlier step, to be filled in when that has run. @default [] */
  readonly references?: readonly Reference[]
}

/** A text of a step that holds `${steps.ID.field}`. */
export interface Reference {
  /** From the step: `['input', 'variables', 'build']`. */
  readonly at: Pointer
  /** Literal text, and what stands for something of an earlier step. A single part keeps the type of its value. */
  readonly parts: readonly (string | StepField)[]
}

/** A field that an earlier step yielded. */
export interface StepField {
  readonly step: string
  readonly path: readonly string[]
}
