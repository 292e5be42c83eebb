import { createHistogram } from 'node:perf_hooks'
import type { Distribution } from '../model/distribution.ts'

/** What is counted apart: times up to 3 s are exact to that, longer ones to four significant digits. */
const UNITS_PER_MS = 10

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

  #percentile(percent: number): number {
    const ms = this.#recorded.percentile(percent) / UNITS_PER_MS
    return Math.min(this.#maxMs, Math.max(this.#minMs, ms))
  }
}
