import type { Fault } from '../model/fault.ts'
import { MAX_FAULTS } from './limits.ts'

/** The faults in the order of the file; where there are very many, the first ones and how many more there are. */
export function boundFaults(faults: readonly Fault[]): readonly Fault[] {
  const sorted = [...faults].sort((one, other) => lineOf(one) - lineOf(other) || columnOf(one) - columnOf(other))
  if (sorted.length <= MAX_FAULTS) return sorted
  const rest: Fault = { code: 'MORE_FAULTS', message: `and ${sorted.length - MAX_FAULTS} more faults in this file` }
  return [...sorted.slice(0, MAX_FAULTS), rest]
}

function lineOf(fault: Fault): number {
  return fault.place?.line ?? 0
}

function columnOf(fault: Fault): number {
  return fault.place?.column ?? 0
}
