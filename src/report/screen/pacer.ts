import type { Clock } from '../../model/clock.ts'

/** Shortest time between two writes, in milliseconds: ten a second are smooth for the eye, and cheap over a slow line or a pipe. */
const PAUSE_MS = 100

/** Does something soon whenever it is asked to, but at most ten times a second. */
export class Pacer {
  readonly #clock: Clock
  readonly #act: () => void
  readonly #stopped = new AbortController()
  #actedAtMs = Number.NEGATIVE_INFINITY
  #isWaiting = false
  #failure: { readonly error: unknown } | undefined

  constructor(clock: Clock, act: () => void) {
    this.#clock = clock
    this.#act = act
  }

  /** Now, or as soon as the pause since the last time is over. Nothing after {@link stop}. Throws what it threw, now or the last time. */
  request(): void {
    if (this.#failure) throw this.#failure.error
    if (this.#isWaiting || this.#stopped.signal.aborted) return
    const waitMs = this.#actedAtMs + PAUSE_MS - this.#clock.now()
    if (waitMs <= 0) this.#actNow()
    else this.#actAfter(waitMs)
  }

  /** Drops what was to come. */
  stop(): void {
    this.#stopped.abort()
  }

  #actNow(): void {
    this.#actedAtMs = this.#clock.now()
    this.#act()
  }

  #actAfter(waitMs: number): void {
    this.#isWaiting = true
    const act = (): void => {
      this.#isWaiting = false
      this.#actNow()
    }
    this.#clock
      .sleep(waitMs, this.#stopped.signal)
      .then(act, () => undefined)
      .catch((error: unknown) => {
        this.#failure = { error }
      })
  }
}
