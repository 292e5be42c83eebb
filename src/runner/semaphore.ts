import pLimit from 'p-limit'

/** Gives a place back. Harmless when called again. */
export type Release = () => void

/** Places of which everybody takes one, in order of arrival, for as long as they like. */
export class Semaphore {
  readonly #limit: ReturnType<typeof pLimit>

  constructor(places: number) {
    this.#limit = pLimit(places)
  }

  /** Resolves with a place as soon as one is free. */
  acquire(): Promise<Release> {
    return new Promise((resolve) => {
      void this.#limit(() => new Promise<void>((release) => resolve(release)))
    })
  }

  /** Whether `acquire` would resolve without waiting for somebody else. */
  get isFree(): boolean {
    return this.#limit.activeCount + this.#limit.pendingCount < this.#limit.concurrency
  }
}
