import type { StepContext } from '../step-kind.ts'
import type { CallLedger } from './call-ledger.ts'

/** Without any further event for so long, nothing more is expected. */
const QUIET_MS = 2_000

/** Nobody waits longer. */
const LONGEST_MS = 10_000

/** How often is looked. */
const LOOK_EVERY_MS = 50

/** What is left of the step's time for judging. */
const MARGIN_MS = 250

/** Once a simulation is over, waits for events of calls that have ended by the target's counters: as long as some still come, and not for ever. */
export async function awaitMissing(ledger: CallLedger, expectedEnds: number, context: StepContext): Promise<void> {
  const { clock, signal, park, deadlineAtMs = Number.POSITIVE_INFINITY } = context
  const untilMs = Math.min(clock.now() + LONGEST_MS, deadlineAtMs - MARGIN_MS)
  let received = ledger.counts.received
  let quietSinceMs = clock.now()
  while (ledger.ended < expectedEnds && clock.now() < untilMs && clock.now() - quietSinceMs < QUIET_MS) {
    await park(() => clock.sleep(LOOK_EVERY_MS, signal))
    if (ledger.counts.received > received) quietSinceMs = clock.now()
    received = ledger.counts.received
  }
}
