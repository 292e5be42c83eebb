/** So many of the latest jobs say what is usual. */
const REMEMBERED = 8

/** A quarter of the latest jobs were faster: a look too early costs a request, one too late costs time. */
const QUANTILE = 0.25

/** A job that had ended at the first look was shorter, nobody knows how much: it counts for a little less, so that the usual duration can fall. */
const SHORTER = 0.97

/** One job in so many is looked at after half the time, so that a first, slow job does not make all others wait as long. */
const SCOUT_EVERY = 4

/** How long jobs of a kind usually take, learnt from those that ended. */
export class UsualDuration {
  readonly #samplesMs: number[] = []
  #jobs = 0

  /** In milliseconds; `undefined` before the first job has ended. */
  get ms(): number | undefined {
    const sorted = this.#samplesMs.toSorted((one, other) => one - other)
    return sorted[Math.floor((sorted.length - 1) * QUANTILE)]
  }

  /** Counts a new job, and tells whether it is one that is to be looked at early. */
  sendsScout(): boolean {
    this.#jobs += 1
    return this.#jobs % SCOUT_EVERY === 0
  }

  /** A job was seen to have ended after `endedMs`; `openMs` is when it was last seen open, absent where nobody had looked before. */
  learn(endedMs: number, openMs: number | undefined): void {
    this.#samplesMs.push(openMs === undefined ? endedMs * SHORTER : (openMs + endedMs) / 2)
    if (this.#samplesMs.length > REMEMBERED) this.#samplesMs.shift()
  }
}
