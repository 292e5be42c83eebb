import type { RequestLimit } from './client-options.ts'
import { SlidingWindow, type Start } from './sliding-window.ts'

/** Somebody who waits for a turn. */
export interface Waiter {
  /** Counts up; the lowest has waited longest. */
  readonly ticket: number
  readonly admit: () => void
}

/** The limits of one API, and who waits for them. */
export class Lane {
  readonly waiters: Waiter[] = []
  readonly #windows: readonly SlidingWindow[]
  readonly #atOnce: number
  #allowedAtOnce: number
  #running = 0
  #pausedUntilMs = Number.NEGATIVE_INFINITY

  constructor({ atOnce = Number.POSITIVE_INFINITY, perSecond, spacingMs }: RequestLimit, targetAtOnce: number) {
    this.#atOnce = Math.min(atOnce, targetAtOnce)
    this.#allowedAtOnce = this.#atOnce
    this.#windows = [...(perSecond ? [new SlidingWindow(perSecond, 1000)] : []), ...(spacingMs ? [new SlidingWindow(1, spacingMs)] : [])]
  }

  /** When the next request may start, if nothing else happens; infinite while it has to wait for another one to end. */
  opensAtMs(nowMs: number): number {
    if (this.#running >= this.#allowedAtOnce) return Number.POSITIVE_INFINITY
    return Math.max(this.#pausedUntilMs, ...this.#windows.map((window) => window.opensAtMs(nowMs)))
  }

  remove(waiter: Waiter): void {
    const at = this.waiters.indexOf(waiter)
    if (at >= 0) this.waiters.splice(at, 1)
  }

  enter(): Start {
    const start = { startedAtMs: Number.POSITIVE_INFINITY, endedAtMs: Number.POSITIVE_INFINITY }
    for (const window of this.#windows) window.add(start)
    this.#running += 1
    return start
  }

  /** `healthy`: the target took the request, so one more at a time may be tried. */
  leave(healthy: boolean): void {
    this.#running -= 1
    if (healthy) this.#allowedAtOnce = Math.min(this.#atOnce, this.#allowedAtOnce + 1)
  }

  /** The target said "too many": nothing starts before `untilMs`, and then one at a time until it copes. */
  pause(untilMs: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, untilMs)
    this.#allowedAtOnce = 1
  }

  get pausedUntilMs(): number {
    return this.#pausedUntilMs
  }
}
