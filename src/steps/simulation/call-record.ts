import { CALL_STATES, type CallState } from '../../model/call-event.ts'
import type { CallEvent } from './call-event.ts'

/** The states that are ends. Where a call has several, the last of them in this order counts: what went wrong is not undone. */
const ENDS: readonly CallState[] = ['completed', 'abandoned', 'failed']

/**
 * What is known of one call. Every part is a minimum, a maximum or a set, so that events may come in any order and any number of times
 * and always add up to the same.
 */
export class CallRecord {
  #states = 0
  #outcomeRank = -1
  #outcome: string | undefined
  #isContradictory = false
  #beginMs = Number.POSITIVE_INFINITY
  #endMs = Number.NEGATIVE_INFINITY
  #durationMs = -1

  /** Takes an event of this call in a known state. Yields false for one that is here already. */
  add({ state, atMs, outcome, durationMs }: CallEvent & { readonly state: CallState }): boolean {
    const rank = CALL_STATES.indexOf(state)
    const isNew = (this.#states & (1 << rank)) === 0
    this.#states |= 1 << rank
    if (outcome !== undefined) this.#takeOutcome(rank, outcome)
    const begunMs = atMs === undefined ? undefined : beginOf(state, atMs, durationMs)
    if (begunMs !== undefined) this.#beginMs = Math.min(this.#beginMs, begunMs)
    if (!ENDS.includes(state)) return isNew
    if (atMs !== undefined) this.#endMs = Math.max(this.#endMs, atMs)
    if (durationMs !== undefined) this.#durationMs = Math.max(this.#durationMs, durationMs)
    return isNew
  }

  /** How it ended; `undefined` where no end came. */
  get end(): CallState | undefined {
    return ENDS.findLast((state) => (this.#states & (1 << CALL_STATES.indexOf(state))) !== 0)
  }

  /** A call that was abandoned was answered before, also where that is not said. */
  get outcome(): string | undefined {
    return this.#outcome ?? (this.end === 'abandoned' ? 'answered' : undefined)
  }

  /** Whether its end came with different outcomes. */
  get isContradictory(): boolean {
    return this.#isContradictory
  }

  get durationMs(): number | undefined {
    return this.#durationMs < 0 ? undefined : this.#durationMs
  }

  /** From when to when it was on the line, in milliseconds since 1970; `undefined` where that is not known. */
  get interval(): { readonly beginMs: number; readonly endMs: number } | undefined {
    const interval = { beginMs: this.#beginMs, endMs: this.#endMs }
    return Number.isFinite(interval.beginMs) && Number.isFinite(interval.endMs) ? interval : undefined
  }

  /** The outcome that came with the latest state; of several with the same state, the first in the alphabet. */
  #takeOutcome(rank: number, outcome: string): void {
    if (rank < this.#outcomeRank) return
    const isSameRank = rank === this.#outcomeRank
    const isOther = this.#outcome !== undefined && this.#outcome !== outcome
    this.#isContradictory = isSameRank && (this.#isContradictory || isOther)
    if (isSameRank && isOther && outcome > (this.#outcome ?? '')) return
    this.#outcome = outcome
    this.#outcomeRank = rank
  }
}

function beginOf(state: CallState, atMs: number, durationMs: number | undefined): number | undefined {
  if (durationMs !== undefined) return atMs - durationMs
  return state === 'ringing' ? atMs : undefined
}
