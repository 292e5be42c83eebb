import type { Json } from './json.ts'
import type { Place, Pointer } from './place.ts'

/** One unmet expectation. Assertions yield these as data; the runner adds the place. */
export interface Finding {
  /** Stable, upper snake case, e.g. `NODE_NOT_VISITED`. */
  readonly code: string
  /** One sentence for a QA person. */
  readonly message: string
  readonly expected?: Json
  readonly actual?: Json
  /** Lines that explain more, e.g. expected and actual path side by side. No colours. */
  readonly details?: readonly string[]
  /** What to do next. */
  readonly advice?: string
  /** The expectation that is unmet, from the step's `expect`: `['path', 2]`. Empty or absent: the step itself. */
  readonly at?: Pointer
  /** Where that expectation stands. */
  readonly place?: Place
  /** True where the evidence neither meets nor refutes the expectation. @default false */
  readonly inconclusive?: boolean
}
