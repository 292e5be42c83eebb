import type { Simulation } from '../../api/resources/dialer-simulations.ts'
import type { CallEventCounts } from '../../model/simulation.ts'
import type { CallLedger } from './call-ledger.ts'

/** How many calls have ended by the target's counters: when a simulation is completed, every call that was attempted. */
export function endsKnownTo({ state, callsAttempted, callsCompleted }: Simulation): number {
  return state === 'completed' ? callsAttempted : callsCompleted
}

/** What became of the events, held against the counters that polling has told. */
export function countEvents(ledger: CallLedger, simulation: Simulation): CallEventCounts {
  return {
    ...ledger.counts,
    lost: Math.max(0, endsKnownTo(simulation) - ledger.ended),
    surplus: Math.max(0, ledger.ended - simulation.callsAttempted),
  }
}
