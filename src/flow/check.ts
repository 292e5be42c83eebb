import type { Complaint } from './complaint.ts'
import type { Flow } from './flow.ts'

/** A flow as far as it was read, before it is judged. */
export interface Draft extends Omit<Flow, 'diagnosis'> {
  /** Names in faulty parts: whoever refers to them is not at fault. */
  readonly mentioned: ReadonlySet<string>
}

/** Looks at one side of a flow. One file each, one line in `checks.ts`. */
export type Check = (draft: Draft) => Complaint[]
