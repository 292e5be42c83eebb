import { matchValue } from '../assertions/match-value.ts'
import { status } from '../assertions/status.ts'
import type { SimulationObservation } from '../model/simulation.ts'
import { listensToCalls } from './simulation/listen.ts'
import { runSimulation } from './simulation/run-simulation.ts'
import { simulationDoubts } from './simulation/simulation-doubts.ts'
import type { StepKind } from './step-kind.ts'

/** Lets the dialer place calls that nobody takes, with outcomes that are injected, and observes how they end. */
export const simulate: StepKind<SimulationObservation> = {
  key: 'simulate',
  run: runSimulation,
  receives: listensToCalls,
  expectations: {
    state: (expected, { state }) => status(expected, state),
    callsAttempted: (expected, { callsAttempted }) => matchValue(expected, callsAttempted, 'callsAttempted'),
    callsCompleted: (expected, { callsCompleted }) => matchValue(expected, callsCompleted, 'callsCompleted'),
    complianceBypassed: (expected, { complianceBypassed }) => matchValue(expected, complianceBypassed, 'complianceBypassed'),
  },
  implied: simulationDoubts,
  outputs: (observation) => observation,
}
