import type { Place } from './place.ts'

/** Something wrong in what the author wrote (a scenario, a flow, the configuration, the command line): it ends in exit code 2. */
export interface Fault {
  /** Stable, upper snake case, e.g. `UNKNOWN_KEY`. */
  readonly code: string
  /** One sentence for a QA person: what is wrong. */
  readonly message: string
  readonly place?: Place
  /** What would have been right, in words. */
  readonly expected?: string
  /** What to do next, e.g. `did you mean "exitNode"?` or `write dtmf: "1"`. */
  readonly advice?: string
}

/** Thrown where the caller cannot go on without input that is at fault. Carries every fault, not only the first. */
export class FaultError extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => fault.message).join('\n'))
    this.name = 'FaultError'
    this.faults = faults
  }
}
