import type { Release, Semaphore } from './semaphore.ts'

/** A scenario's place among those that work at once: given back while it waits for a job, so that others can work meanwhile. */
export class Seat {
  readonly #seats: Semaphore
  #release: Release | undefined
  #holder = 0

  constructor(seats: Semaphore) {
    this.#seats = seats
  }

  /** Resolves once the place is held; at once where it already is. */
  async take(): Promise<void> {
    if (this.#release) return
    const holder = this.#holder
    const release = await this.#seats.acquire()
    if (this.#release || holder !== this.#holder) release()
    else this.#release = release
  }

  give(): void {
    this.#release?.()
    this.#release = undefined
  }

  /** Gives the place back for as long as `wait` takes; `retake` takes it again, unless another holder has come meanwhile. */
  async park<T>(wait: () => Promise<T>, retake: () => Promise<void>): Promise<T> {
    const holder = this.#holder
    this.give()
    try {
      return await wait()
    } finally {
      if (holder === this.#holder) await retake()
    }
  }

  /** From now on the place is for somebody else, e.g. the next step: whoever still waits in {@link park} comes back without it. */
  passOn(): void {
    this.#holder += 1
  }
}
