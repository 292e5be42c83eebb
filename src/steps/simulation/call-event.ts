import { matches } from '../../api/decode.ts'
import { CALL_STATES, type CallState } from '../../model/call-event.ts'
import { isJsonObject, type Json } from '../../model/json.ts'

/** What the target tells of one call, as far as it tells it. */
export interface CallEvent {
  readonly simulationId: string
  readonly callId: string
  /** As the deployment names it. */
  readonly stateName: string
  /** Absent: nobody knows what that name means. */
  readonly state?: CallState
  /** When it happened, in milliseconds since 1970. */
  readonly atMs?: number
  readonly outcome?: string
  /** Of the call so far. */
  readonly durationMs?: number
}

/** A delivery as a call event; `undefined` where it is none. `names` says how the deployment names the states that we know. */
export function toCallEvent(body: Json, names: Readonly<Record<string, CallState>>): CallEvent | undefined {
  if (!isJsonObject(body) || !matches('call-event', body)) return undefined
  const { simulationId, callId, state: stateName, timestamp, outcome, durationMs } = body
  if (typeof simulationId !== 'string' || typeof callId !== 'string' || typeof stateName !== 'string') return undefined
  const state = stateOf(stateName, names)
  const atMs = timeOf(timestamp)
  return {
    simulationId,
    callId,
    stateName,
    ...(state !== undefined && { state }),
    ...(atMs !== undefined && { atMs }),
    ...(typeof outcome === 'string' && outcome !== '' && { outcome }),
    ...(typeof durationMs === 'number' && { durationMs }),
  }
}

function stateOf(name: string, names: Readonly<Record<string, CallState>>): CallState | undefined {
  return Object.hasOwn(names, name) ? names[name] : CALL_STATES.find((state) => state === name)
}

function timeOf(timestamp: Json | undefined): number | undefined {
  const ms = typeof timestamp === 'string' ? Date.parse(timestamp) : timestamp
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : undefined
}
