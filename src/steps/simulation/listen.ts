import type { JsonObject } from '../../model/json.ts'
import type { StepContext } from '../step-kind.ts'
import type { StepSettings } from '../step-settings.ts'
import { toCallEvent } from './call-event.ts'
import { CallLedger } from './call-ledger.ts'

/** What can be judged only by the events of calls. */
const JUDGED_BY_EVENTS: readonly string[] = ['outcomes', 'abandonRate', 'accuracy', 'concurrency', 'callDuration']

/** Where the target tells of calls, and what it has told so far. */
export interface Listening {
  readonly url: string
  readonly ledger: CallLedger
  readonly stop: () => void
}

/**
 * Whether a simulation shall tell of its calls to us: as the scenario says with `callEvents`; else where something is expected that only
 * call events show and the target can reach us, or where the configuration wants it. Never where the scenario names another address for them.
 */
export function listensToCalls(input: JsonObject, expect: JsonObject, { simulations }: StepSettings): boolean {
  const { callEvents, webhookUrl } = input
  if (webhookUrl !== undefined) return false
  if (typeof callEvents === 'boolean') return callEvents
  return simulations.callEvents || (simulations.reachesUs && JUDGED_BY_EVENTS.some((key) => expect[key] !== undefined))
}

/** Opens an inbox for the events of a simulation with so many calls. Rejects with a `ProblemError` where nothing can listen. */
export async function listenToCalls(callsRequested: number, { openInbox, settings }: StepContext): Promise<Listening> {
  const ledger = new CallLedger(callsRequested)
  const inbox = await openInbox((body) => {
    const event = toCallEvent(body, settings.simulations.callStates)
    if (event) ledger.add(event)
    return event !== undefined
  })
  return { url: inbox.url, ledger, stop: () => inbox.close() }
}
