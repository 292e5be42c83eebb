import type { Clock } from '../model/clock.ts'

/** When a call has to be over. */
export class Deadline {
  readonly #clock: Clock
  #softAtMs: number
  /** The end that nothing moves: the step's. On the clock; infinite where there is none. */
  readonly hardAtMs: number

  constructor(options: { readonly clock: Clock; readonly budgetMs: number; readonly hardAtMs?: number | undefined }) {
    this.#clock = options.clock
    this.#softAtMs = options.clock.now() + options.budgetMs
    this.hardAtMs = options.hardAtMs ?? Number.POSITIVE_INFINITY
  }

  /** On the clock. */
  get atMs(): number {
    return Math.min(this.#softAtMs, this.hardAtMs)
  }

  /** Never negative. */
  get leftMs(): number {
    return Math.max(0, this.atMs - this.#clock.now())
  }

  /** Adds time that was spent through no fault of the target's; the hard end stays. */
  extend(ms: number): void {
    this.#softAtMs += ms
  }
}
