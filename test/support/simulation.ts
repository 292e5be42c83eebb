import { CALL_OUTCOMES, type SimulatedCalls, type SimulationObservation } from '../../src/model/simulation.ts'

/** What a test says of a simulation; everything else is usual. */
export interface SimulationSketch {
  readonly outcomes?: Readonly<Record<string, number>>
  readonly injected?: Readonly<Record<string, number>>
  readonly calls?: Partial<SimulatedCalls>
  readonly lost?: number
}

const usualOutcomes = { 'dial-tone': 75, busy: 100, 'no-answer': 125, answered: 200, voicemail: 0 }

const usualInjection = { 'dial-tone': 0.15, busy: 0.2, 'no-answer': 0.25, answered: 0.4 }

/** A simulation that ended, with 500 calls just as injected unless the sketch says something else. */
export function simulation(sketch: SimulationSketch = {}, fields: Partial<SimulationObservation> = {}): SimulationObservation {
  const { outcomes = usualOutcomes, injected = usualInjection, calls = {}, lost = 0 } = sketch
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  const residual = Math.round((1 - Object.values(injected).reduce((sum, share) => sum + share, 0)) * 1e9) / 1e9
  return {
    simulationId: 'sim-1',
    tag: 'cxspec-1',
    state: 'completed',
    callsRequested: ended + lost,
    callsAttempted: ended + lost,
    callsCompleted: ended + lost,
    complianceBypassed: true,
    errors: [],
    injected: {
      enabled: true,
      classes: CALL_OUTCOMES.map((outcome) =>
        outcome === 'voicemail' ? { outcome, probability: residual, isResidual: true } : { outcome, probability: injected[outcome] ?? 0 },
      ),
    },
    calls: {
      seen: ended,
      ended,
      outcomes,
      answered: outcomes['answered'] ?? 0,
      abandoned: 0,
      failed: 0,
      contradictory: 0,
      duration: { count: ended, min: 100, max: 61_000, mean: 20_000, p50: 18_000, p95: 45_000, p99: 60_000 },
      inFlight: { max: 5, calls: ended, overTime: [] },
      accuracy: { asInjected: ended, calls: ended, share: 1 },
      ...calls,
    },
    events: { received: 2 * ended, duplicates: 0, late: 0, unknown: 0, unknownStates: [], lost, surplus: 0 },
    apiLatency: { count: 8, min: 4, max: 2_100, mean: 300, p50: 20, p95: 2_100, p99: 2_100 },
    seed: 7,
    durationMs: 30_000,
    ...fields,
  }
}

/** The same simulation at a target that sends no call events. */
export function withoutCalls(isReceiving: boolean): SimulationObservation {
  const { calls: _calls, events, ...rest } = simulation()
  return isReceiving && events ? { ...rest, events: { ...events, received: 0, lost: 500 } } : rest
}
