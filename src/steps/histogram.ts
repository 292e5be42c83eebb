import { createHistogram } from 'node:perf_hooks'
import type { Distribution } from '../model/distribution.ts'

/** What is counted apart. */
const UNITS_PER_MS = 10

/** Up to here percentiles are exact to a tenth of a millisecond; longer ones are to four significant digits, and no more are told. */
const EXACT_MS = 3_276

/** A day; what takes longer counts as that in percentiles. */
const LONGEST_MS = 86_400_000

/**
 * Times of any number in memory of a fixed size: an HdrHistogram, as Node has it. Minimum, maximum and mean are exact.
 */
export class Histogram {
  readonly #recorded = createHistogram({ lowest: 1, highest: LONGEST_MS * UNITS_PER_MS, figures: 4 })
  #count = 0
  #sumMs = 0
  #minMs = Number.POSITIVE_INFINITY
  #maxMs = 0

  /** Takes a time in milliseconds, of at least 0. */
  add(ms: number): void {
    this.#recorded.record(Math.max(1, Math.round(Math.min(ms, LONGEST_MS) * UNITS_PER_MS)))
    this.#count += 1
    this.#sumMs += ms
    this.#minMs = Math.min(this.#minMs, ms)
    this.#maxMs = Math.max(this.#maxMs, ms)
  }

  /** `undefined` where nothing was added. */
  distribution(): Distribution | undefined {
    if (this.#count === 0) return undefined
    const mean = Math.round((this.#sumMs / this.#count) * 1_000) / 1_000
    const [p50, p95, p99] = [50, 95, 99].map((percent) => this.#percentile(percent))
    return { count: this.#count, min: this.#minMs, max: this.#maxMs, mean, p50: p50 ?? 0, p95: p95 ?? 0, p99: p99 ?? 0 }
  }

  /** The nearest rank: the least time that so large a share of them does not exceed. */
  #percentile(percent: number): number {
    const rank = Math.ceil((percent / 100) * this.#count)
    const ms = this.#recorded.percentile((100 * rank) / this.#count) / UNITS_PER_MS
    return Math.min(this.#maxMs, Math.max(this.#minMs, ms > EXACT_MS ? Number(ms.toPrecision(4)) : ms))
  }
}
