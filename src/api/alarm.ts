import type { Clock } from '../model/clock.ts'

interface Due {
  readonly atMs: number
  readonly ring: () => void
}

/**
 * Rings for whoever is not cleared in time: one timer for any number of deadlines, since a timer for each request and phase would
 * cost more than the request's own work. Sleeps only while somebody is set.
 */
export class Alarm {
  readonly #clock: Clock
  readonly #due = new Map<object, Due>()
  #sleep: { readonly untilMs: number; readonly controller: AbortController } | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Calls `ring` once `clock.now()` is `atMs`, unless `key` is set again or cleared before. */
  set(key: object, atMs: number, ring: () => void): void {
    this.#due.set(key, { atMs, ring })
    if (!this.#sleep || atMs < this.#sleep.untilMs) this.#sleepUntil(atMs)
  }

  clear(key: object): void {
    this.#due.delete(key)
    if (this.#due.size === 0) this.#wake()
  }

  #sleepUntil(untilMs: number): void {
    this.#wake()
    const controller = new AbortController()
    this.#sleep = { untilMs, controller }
    this.#clock.sleep(untilMs - this.#clock.now(), controller.signal).then(
      () => this.#ringDue(controller),
      () => {},
    )
  }

  #wake(): void {
    this.#sleep?.controller.abort()
    this.#sleep = undefined
  }

  #ringDue(controller: AbortController): void {
    // A sleep that ended in the very moment in which it was replaced has nothing to say any more.
    if (this.#sleep?.controller !== controller) return
    this.#sleep = undefined
    for (const [key, { atMs, ring }] of [...this.#due]) {
      if (atMs > this.#clock.now()) continue
      this.#due.delete(key)
      ring()
    }
    const nextMs = Math.min(...[...this.#due.values()].map((due) => due.atMs))
    if (nextMs < Number.POSITIVE_INFINITY && !this.#sleep) this.#sleepUntil(nextMs)
  }
}
