import type { Random } from '../random.ts'
import { type CallProfile, drawCall } from './draw-call.ts'
import type { Outcome } from './outcomes.ts'

/** The states of a call: `completed`, `abandoned` and `failed` are ends. */
const CALL_STATES = ['ringing', 'in-progress', 'completed', 'abandoned', 'failed'] as const

export type CallState = (typeof CALL_STATES)[number]

/** Something that happens to a call. */
export interface CallEvent {
  /** Counts from 1, in the order in which the calls begin on their lines. */
  readonly call: number
  readonly state: CallState
  /** Milliseconds since the simulation began, by its own clock. */
  readonly atMs: number
  /** Of the call so far: from dialling until now. */
  readonly durationMs: number
  /** Absent while it is not known: while the call rings, and where it failed. */
  readonly outcome?: Outcome
}

export interface CallPlan {
  readonly maxCalls: number
  readonly concurrencyLimit: number
  readonly profile: CallProfile
}

/**
 * The calls of a simulation as a discrete-event simulation: each of `concurrencyLimit` lines makes one call after the other until
 * `maxCalls` are made. Yields their events in order of time; it keeps no more calls than there are lines.
 */
export function* simulateCalls({ maxCalls, concurrencyLimit, profile }: CallPlan, random: Random): Generator<CallEvent, void, undefined> {
  const ahead = new Agenda()
  let dialled = 0
  const dial = (atMs: number): void => {
    dialled += 1
    for (const event of eventsOf(dialled, atMs, profile, random)) ahead.add(event)
  }
  while (dialled < Math.min(maxCalls, concurrencyLimit)) dial(0)
  for (let event = ahead.next(); event; event = ahead.next()) {
    yield event
    if (isEnd(event.state) && dialled < maxCalls) dial(event.atMs)
  }
}

/** Whether a call in this state is over. */
export function isEnd(state: CallState): boolean {
  return state !== 'ringing' && state !== 'in-progress'
}

function eventsOf(call: number, freeAtMs: number, profile: CallProfile, random: Random): CallEvent[] {
  const { outcome, end, startMs, answeredMs, endMs } = drawCall(profile, random)
  const at = (state: CallState, ms: number): CallEvent => ({
    call,
    state,
    atMs: freeAtMs + ms,
    durationMs: ms - startMs,
    ...(state !== 'ringing' && state !== 'failed' && { outcome }),
  })
  return [at('ringing', startMs), ...(answeredMs === undefined ? [] : [at('in-progress', answeredMs)]), at(end, endMs)]
}

/** Events that are still to come, the next one first; at the same time the one that was added first. */
class Agenda {
  readonly #events: CallEvent[] = []

  add(event: CallEvent): void {
    let index = this.#events.length
    while (index > 0 && (this.#events[index - 1]?.atMs ?? 0) > event.atMs) index -= 1
    this.#events.splice(index, 0, event)
  }

  next(): CallEvent | undefined {
    return this.#events.shift()
  }
}
