import type { Clock } from '../model/clock.ts'
import { Stop } from '../model/stop-signal.ts'

/** One deadline that an {@link Alarm} keeps. */
export interface Bell {
  readonly ring: () => void
  /** On the clock. */
  readonly atMs: number
}

interface KeptBell extends Bell {
  /** Where it stands in the list; -1 once it rang or was cleared. */
  index: number
}

/**
 * Rings for whoever is not cleared in time: one timer for any number of deadlines, since a timer for each request and phase would
 * cost more than the request's own work. Sleeps only while somebody waits.
 */
export class Alarm {
  readonly #clock: Clock
  // A list without order and not a Map: the tables that a Map leaves behind when it changes kept every request alive for some while,
  // and doubled the time of a run in garbage collection.
  readonly #bells: KeptBell[] = []
  #sleep: { readonly untilMs: number; readonly stop: Stop } | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Calls `ring` once `clock.now()` is `atMs`, unless the bell that is returned is cleared before. */
  set(atMs: number, ring: () => void): Bell {
    const bell = { atMs, ring, index: this.#bells.length }
    this.#bells.push(bell)
    if (!this.#sleep || atMs < this.#sleep.untilMs) this.#sleepUntil(atMs)
    return bell
  }

  /** Has no effect on a bell that rang or was cleared already. */
  clear(bell: Bell | undefined): void {
    if (bell) this.#remove(bell as KeptBell)
    if (this.#bells.length === 0) this.#wake()
  }

  #remove(bell: KeptBell): void {
    if (bell.index < 0) return
    const last = this.#bells.pop()
    if (last && last !== bell) {
      this.#bells[bell.index] = last
      last.index = bell.index
    }
    bell.index = -1
  }

  #sleepUntil(untilMs: number): void {
    this.#wake()
    const stop = new Stop()
    this.#sleep = { untilMs, stop }
    this.#clock.sleep(untilMs - this.#clock.now(), stop).then(
      () => this.#ringDue(stop),
      () => {},
    )
  }

  #wake(): void {
    this.#sleep?.stop.abort()
    this.#sleep = undefined
  }

  #ringDue(stop: Stop): void {
    // A sleep that ended in the very moment in which it was replaced has nothing to say any more.
    if (this.#sleep?.stop !== stop) return
    this.#sleep = undefined
    for (const bell of this.#bells.filter(({ atMs }) => atMs <= this.#clock.now())) {
      this.#remove(bell)
      bell.ring()
    }
    const nextMs = Math.min(...this.#bells.map((bell) => bell.atMs))
    if (nextMs < Number.POSITIVE_INFINITY && !this.#sleep) this.#sleepUntil(nextMs)
  }
}
