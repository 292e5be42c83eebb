/** So many of the latest jobs say what is usual. */
const REMEMBERED = 15

/** A job that had ended at the first look may have been shorter: it counts for a little less, so that a usual duration can also fall. */
const SHORTER = 0.95

/** How long jobs of a kind usually take, learnt from those that ended. */
export class UsualDuration {
  readonly #samplesMs: number[] = []

  /** The median of the latest jobs, in milliseconds; `undefined` before the first one has ended. */
  get ms(): number | undefined {
    const sorted = this.#samplesMs.toSorted((one, other) => one - other)
    return sorted[Math.floor(sorted.length / 2)]
  }

  /** A job was seen to have ended after `endedMs`; `openMs` is when it was last seen open, absent where nobody had looked before. */
  learn(endedMs: number, openMs: number | undefined): void {
    this.#samplesMs.push(openMs === undefined ? endedMs * SHORTER : (openMs + endedMs) / 2)
    if (this.#samplesMs.length > REMEMBERED) this.#samplesMs.shift()
  }
}
