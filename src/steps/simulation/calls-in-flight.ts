import type { CallsInFlight } from '../../model/simulation.ts'

/** How long a call was on the line, its end not included; in milliseconds since 1970. */
export interface LineTime {
  readonly beginMs: number
  readonly endMs: number
}

const MOST_STRETCHES = 120

/** How many calls were on the line at once, and when; `undefined` for no calls. One that ends as another begins is not beside it. */
export function callsInFlight(calls: readonly LineTime[]): CallsInFlight | undefined {
  if (calls.length === 0) return undefined
  const begins = Float64Array.from(calls, ({ beginMs }) => beginMs).sort()
  const ends = Float64Array.from(calls, ({ beginMs, endMs }) => Math.max(beginMs, endMs)).sort()
  const firstMs = begins[0] ?? 0
  const stretches = new Stretches(firstMs, (ends.at(-1) ?? firstMs) - firstMs)
  let ended = 0
  let max = 0
  for (const [index, beginMs] of begins.entries()) {
    while (ended < index && (ends[ended] ?? 0) <= beginMs) {
      stretches.level(ends[ended] ?? 0, index - ended - 1)
      ended += 1
    }
    const level = index + 1 - ended
    stretches.level(beginMs, level)
    max = Math.max(max, level)
  }
  for (; ended < ends.length; ended += 1) stretches.level(ends[ended] ?? 0, ends.length - ended - 1)
  return { max, calls: calls.length, overTime: stretches.all() }
}

/** The highest level within each stretch of equal length; a level goes on until the next one. */
class Stretches {
  readonly #firstMs: number
  readonly #lengthMs: number
  readonly #max: number[]
  #level = 0
  #stretch = 0

  constructor(firstMs: number, totalMs: number) {
    const count = Math.max(1, Math.min(MOST_STRETCHES, Math.ceil(totalMs)))
    this.#firstMs = firstMs
    this.#lengthMs = Math.max(1, totalMs) / count
    this.#max = Array.from({ length: count }, () => 0)
  }

  /** From `atMs` on so many calls are on the line; to be told in order of time. */
  level(atMs: number, level: number): void {
    const stretch = Math.min(this.#max.length - 1, Math.floor((atMs - this.#firstMs) / this.#lengthMs))
    for (let passed = this.#stretch + 1; passed <= stretch; passed += 1) this.#raise(passed, this.#level)
    this.#stretch = stretch
    this.#level = level
    this.#raise(stretch, level)
  }

  all(): CallsInFlight['overTime'] {
    return this.#max.map((max, index) => ({ atMs: Math.round(index * this.#lengthMs), max }))
  }

  #raise(stretch: number, level: number): void {
    this.#max[stretch] = Math.max(this.#max[stretch] ?? 0, level)
  }
}
