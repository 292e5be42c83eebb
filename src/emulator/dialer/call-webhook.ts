import type { Webhook } from '../webhooks/outbox.ts'
import type { CallEvent, CallState } from './simulate-calls.ts'

/** Where the calls of a simulation are told, and how. */
export interface CallListener {
  readonly simulationId: string
  readonly url: string
  /** The states that the deployment tells. */
  readonly states: readonly CallState[]
  /** When the simulation began, by the time of day. */
  readonly startedAt: Date
}

/** What a listener is told of an event; `undefined`: nothing. A deployment that does not know abandoned calls tells them as completed. */
export function callWebhook({ call, state, atMs, durationMs, outcome }: CallEvent, listener: CallListener): Webhook | undefined {
  const { simulationId, url, states, startedAt } = listener
  const shown = state === 'abandoned' && !states.includes('abandoned') ? 'completed' : state
  if (!states.includes(shown)) return undefined
  const callId = `${simulationId}-${call}`
  const timestamp = new Date(startedAt.getTime() + atMs).toISOString()
  const body = JSON.stringify({ simulationId, callId, state: shown, timestamp, ...(outcome && { outcome }), durationMs })
  return { id: `msg_${callId}_${shown}`, job: simulationId, url, body }
}
