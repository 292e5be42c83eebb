import type { Trace } from '../model/trace.ts'
import type { Call, World } from './call.ts'
import { CallRun } from './call-run.ts'
import type { Flow } from './flow.ts'

/** How often a node may be visited where the call does not say. */
export const USUAL_MAX_LOOPS = 50
const USUAL_MAX_STEPS = 10_000

/**
 * Executes a call: the same flow, call and world always give the same trace. Never throws for what a flow or a caller does:
 * a call that breaks ends with status `Error`, and its last visit says why in `exception`. Times are the platform's own work
 * in milliseconds of virtual time; what the caller hears, says and waits for is not counted.
 */
export function execute(flow: Flow, call: Call, world: World): Trace {
  const { dtmf = '', speech = '', variables = {}, maxLoops = USUAL_MAX_LOOPS, maxSteps = USUAL_MAX_STEPS, entry = 'main' } = call
  return new CallRun(flow, { dtmf, speech, variables, maxLoops, maxSteps, entry }, world).run()
}
