import type { Clock } from '../model/clock.ts'
import { ProblemError } from '../model/problem.ts'
import { seconds } from './seconds.ts'

/** How much an outcome tells about the target as a whole. */
export type Strain =
  /** It works. */
  | 'none'
  /** Nothing either way. */
  | 'unknown'
  /** It failed at this request, which may be the request's own fault. */
  | 'some'
  /** It is not there, or overloaded. */
  | 'full'

const POINTS = { unknown: 0, some: 1, full: 3 } as const
/** 10 requests in a row that found nobody, or 30 that failed with 500. */
const OPENS_AT = 30
const OPEN_MS = 30_000
/** A failure that took longer counts for itself. */
const SHORT_MS = 1000

/** A request that was let through. */
export interface Admission {
  /** Counts up. */
  readonly number: number
  readonly atMs: number
}

/**
 * Stops sending to a target that failed at so many requests in a row that the next will fail too. Requests that were on their way
 * together and fail at once have one cause and count as one: a burst that meets a rate limit is no outage. Half a minute later one
 * request may probe whether the target is back; its success closes the circuit, its failure opens it again.
 */
export class CircuitBreaker {
  readonly #clock: Clock
  readonly #target: string
  #points = 0
  #failures = 0
  #admitted = 0
  /** Requests up to this number were on their way when the last failure was counted. */
  #countedUpTo = 0
  #lastReason = ''
  #openUntilMs: number | undefined
  #isProbing = false

  constructor(clock: Clock, target: string) {
    this.#clock = clock
    this.#target = target
  }

  /** Throws a `ProblemError` (`PLATFORM_UNAVAILABLE`) while the circuit is open. Every admission ends in one `record`. */
  admit(): Admission {
    if (this.#openUntilMs !== undefined) {
      if (this.#isProbing || this.#clock.now() < this.#openUntilMs) throw this.#unavailable()
      this.#isProbing = true
    }
    return this.begin()
  }

  /** The same for a request that is part of one which was admitted, such as that for its token: never refused. */
  begin(): Admission {
    this.#admitted += 1
    return { number: this.#admitted, atMs: this.#clock.now() }
  }

  record(admission: Admission, strain: Strain, reason: string): void {
    if (strain === 'none') this.#close()
    else if (strain !== 'unknown' && this.#counts(admission)) this.#fail(POINTS[strain], reason)
    this.#isProbing = false
  }

  #counts({ number, atMs }: Admission): boolean {
    return number > this.#countedUpTo || this.#clock.now() - atMs > SHORT_MS
  }

  #close(): void {
    this.#points = 0
    this.#failures = 0
    this.#openUntilMs = undefined
  }

  #fail(points: number, reason: string): void {
    this.#points += points
    this.#failures += 1
    this.#countedUpTo = this.#admitted
    this.#lastReason = reason
    if (this.#points >= OPENS_AT && (this.#openUntilMs === undefined || this.#isProbing)) {
      this.#openUntilMs = this.#clock.now() + OPEN_MS
    }
  }

  #unavailable(): ProblemError {
    const leftMs = Math.max(0, (this.#openUntilMs ?? 0) - this.#clock.now())
    return new ProblemError({
      code: 'PLATFORM_UNAVAILABLE',
      message: `${this.#target} is unavailable: it failed ${this.#failures} times in a row, the last time with: ${this.#lastReason}. Nothing more is sent for ${seconds(leftMs)}`,
      advice: 'check the status of the platform and the network, then run again',
      blocks: 'target',
      details: { failuresInARow: this.#failures },
    })
  }
}
