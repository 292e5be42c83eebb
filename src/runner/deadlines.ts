import type { Clock } from '../model/clock.ts'
import { Stop } from '../model/stop-signal.ts'
import { Bag, type Bagged } from './bag.ts'

/** A limit of time that is being watched. */
export interface Deadline {
  /** When it is reached, on `clock.now()`; Infinity without a limit, while it is paused, and once it is stopped. */
  readonly atMs: number
  /** Stands still until the returned function is called: for waits that are nobody's fault but ours. May be nested. */
  pause(): () => void
  /** Is not watched any more. */
  stop(): void
}

/**
 * All limits of time of a run, watched with one timer: it is set for the earliest of them, and set again only when it rings. Since
 * almost every step ends long before its limit, a step costs no timer of its own.
 */
export class Deadlines {
  readonly #clock: Clock
  readonly #watched = new Bag<WatchedDeadline>()
  #timer = new Stop()
  #ringsAtMs = Number.POSITIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Calls `onReached` once, `limitMs` from now; never for 0. */
  start(limitMs: number, onReached: () => void): Deadline {
    const deadline = new WatchedDeadline(this, onReached)
    deadline.run(limitMs > 0 ? limitMs : Number.POSITIVE_INFINITY)
    return deadline
  }

  /** Ends all watching, so that no timer keeps the process alive. */
  close(): void {
    for (const deadline of this.#watched.toArray()) deadline.stop()
    this.#timer.abort()
  }

  /** Tells of the limits that are reached by now, for whoever knows of one before the timer rings. */
  reachDue(): void {
    const nowMs = this.#clock.now()
    for (const deadline of this.#watched.toArray().filter(({ atMs }) => atMs <= nowMs)) deadline.reach()
  }

  now(): number {
    return this.#clock.now()
  }

  watch(deadline: WatchedDeadline): void {
    this.#watched.add(deadline)
    if (deadline.atMs < this.#ringsAtMs) this.#setTimer(deadline.atMs)
  }

  unwatch(deadline: WatchedDeadline): void {
    this.#watched.remove(deadline)
  }

  #setTimer(atMs: number): void {
    this.#timer.abort()
    this.#timer = new Stop()
    this.#ringsAtMs = atMs
    this.#clock.sleep(atMs - this.#clock.now(), this.#timer).then(
      () => this.#ring(),
      () => undefined,
    )
  }

  #ring(): void {
    this.#ringsAtMs = Number.POSITIVE_INFINITY
    this.reachDue()
    const nextMs = Math.min(...this.#watched.toArray().map(({ atMs }) => atMs))
    if (nextMs < this.#ringsAtMs) this.#setTimer(nextMs)
  }
}

class WatchedDeadline implements Deadline, Bagged {
  bagIndex = -1
  atMs = Number.POSITIVE_INFINITY
  readonly #deadlines: Deadlines
  readonly #onReached: () => void
  #pauses = 0
  #leftMs = 0
  #ended = false

  constructor(deadlines: Deadlines, onReached: () => void) {
    this.#deadlines = deadlines
    this.#onReached = onReached
  }

  run(leftMs: number): void {
    if (this.#ended || leftMs === Number.POSITIVE_INFINITY) return
    this.atMs = this.#deadlines.now() + leftMs
    this.#deadlines.watch(this)
  }

  pause(): () => void {
    this.#pauses += 1
    if (this.#pauses === 1) {
      this.#leftMs = this.atMs - this.#deadlines.now()
      this.#halt()
    }
    return () => {
      this.#pauses -= 1
      if (this.#pauses === 0) this.run(this.#leftMs)
    }
  }

  stop(): void {
    this.#ended = true
    this.#halt()
  }

  reach(): void {
    this.stop()
    this.#onReached()
  }

  #halt(): void {
    this.#deadlines.unwatch(this)
    this.atMs = Number.POSITIVE_INFINITY
  }
}
