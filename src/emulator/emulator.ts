import { setMaxListeners } from 'node:events'
import { createWorld } from './create-world.ts'
import type { EmulatorAnswer, EmulatorRequest } from './exchange.ts'
import type { FaultPlan } from './faults/fault-plan.ts'
import type { History } from './history.ts'
import { OPERATIONS } from './operations.ts'
import { type EmulatorOptions, type EmulatorSettings, resolveOptions } from './options.ts'
import { createPipeline } from './pipeline.ts'

/** The CXone API over a library of flows, without a network: `inMemory` and `serve` put it within a client's reach. */
export interface Emulator {
  readonly settings: EmulatorSettings
  /** What was asked and answered so far. */
  readonly history: History
  /** Answers one request, whatever it is. Rejects only with the reason of the request's signal. */
  readonly handle: (request: EmulatorRequest) => Promise<EmulatorAnswer>
  /** Replaces the fault plan; counting begins anew. */
  readonly setFaults: (plan: FaultPlan) => void
  /** From now on, no token that was issued so far is good. */
  readonly revokeTokens: () => void
  /** Ends what the emulator does by itself: no webhook is sent any more. */
  readonly close: () => void
}

/** Makes an emulator with a tenant of its own: tokens, jobs, limits and history are shared by all its requests and by nothing else. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const settings = resolveOptions(options)
  const closing = new AbortController()
  // Any number of webhooks may wait at once; Node would warn of a leak at the eleventh.
  setMaxListeners(0, closing.signal)
  const world = createWorld(settings, closing.signal)
  return {
    settings,
    history: world.recorder,
    handle: createPipeline(OPERATIONS, world),
    setFaults: (plan) => world.faults.replace(plan),
    revokeTokens: () => world.tokens.revokeAll(),
    close: () => closing.abort(new Error('the emulator is closed')),
  }
}
