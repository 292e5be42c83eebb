/** What is kept of many measurements of a time, in milliseconds. Percentiles are exact to three significant digits. JSON as it stands. */
export type Distribution = {
  /** How many measurements; at least one, or there is no distribution. */
  readonly count: number
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}
