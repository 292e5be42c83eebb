import type { SimulationObservation } from '../model/simulation.ts'
import { abandonRate } from './abandon-rate.ts'
import { accuracy } from './accuracy.ts'
import { callCount } from './call-count.ts'
import { complianceBypassed } from './compliance-bypassed.ts'
import { concurrency } from './concurrency.ts'
import { diagnostics } from './diagnostics.ts'
import type { Expectation } from './expectation.ts'
import { outcomes } from './outcomes.ts'
import { callDuration, latency } from './percentiles.ts'
import { simulationState } from './simulation-state.ts'

/** Each key of `expect` below a dialer simulation, and how it is judged. */
export const simulationExpectations: Readonly<Record<string, Expectation<SimulationObservation>>> = {
  state: simulationState,
  callsAttempted: (expected, { callsAttempted }) => callCount(expected, callsAttempted, 'callsAttempted'),
  callsCompleted: (expected, { callsCompleted }) => callCount(expected, callsCompleted, 'callsCompleted'),
  complianceBypassed: (expected, observation) => complianceBypassed(expected, observation.complianceBypassed),
  errors: (expected, { errors }) => diagnostics('error', expected, errors, 'the simulation'),
  outcomes,
  abandonRate,
  accuracy,
  concurrency,
  callDuration,
  latency,
}
