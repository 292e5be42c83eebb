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

/**
 * Stops sending to a target that failed at so many requests in a row that the next will fail too. Half a minute later one request may
 * probe whether it is back; its success closes the circuit, its failure opens it again.
 */
export class CircuitBreaker {
  readonly #clock: Clock
  readonly #target: string
  #points = 0
  #failures = 0
  #lastReason = ''
  #openUntilMs: number | undefined
  #isProbing = false

  constructor(clock: Clock, target: string) {
    this.#clock = clock
    this.#target = target
  }

  /** Throws a `ProblemError` (`PLATFORM_UNAVAILABLE`) while the circuit is open. Every admission ends in one `record`. */
  admit(): void {
    if (this.#openUntilMs === undefined) return
    if (this.#isProbing || this.#clock.now() < this.#openUntilMs) throw this.#unavailable()
    this.#isProbing = true
  }

  record(strain: Strain, reason: string): void {
    if (strain === 'none') this.#close()
    else if (strain !== 'unknown') this.#fail(POINTS[strain], reason)
    this.#isProbing = false
  }

  #close(): void {
    this.#points = 0
    this.#failures = 0
    this.#openUntilMs = undefined
  }

  #fail(points: number, reason: string): void {
    this.#points += points
    this.#failures += 1
    this.#lastReason = reason
    if (this.#points >= OPENS_AT && (this.#openUntilMs === undefined || this.#isProbing)) {
      this.#openUntilMs = this.#clock.now() + OPEN_MS
    }
  }

  #unavailable(): ProblemError {
    const leftMs = Math.max(0, (this.#openUntilMs ?? 0) - this.#clock.now())
    return new ProblemError({
      code: 'PLATFORM_UNAVAILABLE',
      message: `${this.#target} is unavailable: ${this.#failures} requests in a row failed, the last with: ${this.#lastReason}. Nothing more is sent for ${seconds(leftMs)}`,
      advice: 'check the status of the platform and the network, then run again',
      blocks: 'target',
      details: { failuresInARow: this.#failures },
    })
  }
}
