import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'
import type { SimulationObservation } from '../model/simulation.ts'
import { status } from './status.ts'

/** Expects in which state a simulation ended: a name or a matcher. The target's errors are shown beside another state. */
export function simulationState(expected: Json, { state, errors }: SimulationObservation): readonly Finding[] {
  return status(expected, state).map((finding) => ({
    ...finding,
    message: finding.message.replace(/^status/, 'state'),
    ...(finding.code === 'STATUS_DIFFERS' ? { code: 'STATE_DIFFERS' } : {}),
    ...(errors.length > 0 ? { details: errors.map(({ code, message }) => `${code}: ${message}`) } : {}),
  }))
}
