/**
 * The target counts when a request arrives, which is after we started it (a new connection takes its time) and before we have its
 * answer. A start therefore weighs from its answer, but at most so much later than it began.
 */
const ARRIVAL_ALLOWANCE_MS = 100

/** One start, from the moment in which it was allowed. */
export interface Start {
  /** Infinite until the request is on its way. */
  startedAtMs: number
  /** Infinite until it was answered or given up. */
  endedAtMs: number
}

/** Allows at most `limit` starts in any window of `windowMs`, wherever the window begins. */
export class SlidingWindow {
  readonly #limit: number
  readonly #windowMs: number
  #starts: Start[] = []

  constructor(limit: number, windowMs: number) {
    this.#limit = limit
    this.#windowMs = windowMs
  }

  /** When the next start is allowed, if nothing else happens: in the past, in the future, or infinite while one has not begun. */
  opensAtMs(nowMs: number): number {
    this.#starts = this.#starts.filter((start) => leavesAtMs(start) + this.#windowMs > nowMs)
    if (this.#starts.length < this.#limit) return Number.NEGATIVE_INFINITY
    const times = this.#starts.map(leavesAtMs).sort((one, other) => one - other)
    return (times[times.length - this.#limit] ?? 0) + this.#windowMs
  }

  add(start: Start): void {
    this.#starts.push(start)
  }
}

function leavesAtMs({ startedAtMs, endedAtMs }: Start): number {
  return Math.min(endedAtMs, startedAtMs + ARRIVAL_ALLOWANCE_MS)
}
