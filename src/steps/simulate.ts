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
  expectations: async () => (await import('../assertions/simulation-expectations.ts')).simulationExpectations,
  implied: simulationDoubts,
  outputs: (observation) => observation,
}
