import type { Interval } from '../model/evidence.ts'
import { normalQuantile } from './distributions.ts'

/**
 * The score interval of Wilson (1927) for the share that `count` of `n` is a sample of. It covers close to its nominal rate also for
 * small numbers and shares near 0 or 1, where the usual interval fails. All of 0…1 where n is 0.
 */
export function wilsonInterval(count: number, n: number, confidence: number): Interval {
  if (n === 0) return { low: 0, high: 1, confidence }
  const z = normalQuantile(1 - (1 - confidence) / 2)
  const share = count / n
  const scale = 1 + (z * z) / n
  const centre = (share + (z * z) / (2 * n)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return {
    low: count === 0 ? 0 : Math.max(0, centre - half),
    high: count === n ? 1 : Math.min(1, centre + half),
    confidence,
  }
}
