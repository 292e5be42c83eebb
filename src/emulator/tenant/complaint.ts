import type { Fault } from '../../model/fault.ts'
import type { Pointer } from '../../model/place.ts'

/** Something wrong with a value of a tenant file that has the right shape. */
export interface Complaint extends Pick<Fault, 'code' | 'message' | 'expected' | 'advice'> {
  readonly pointer: Pointer
}

/** A value as people name it: `agents.agent-001.shifts[0]`. */
export function nameOf(pointer: Pointer): string {
  return pointer
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .slice(1)
}
