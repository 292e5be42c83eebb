const BASE_MS = 1000
const CAP_MS = 20_000

/**
 * Our own wait before another attempt, in milliseconds, after so many `failures` (from 1): even between 0 and 1 s, 2 s, 4 s … up to
 * 20 s. Exponential backoff with full jitter: callers that failed together do not come back together.
 */
export function backoffMs(failures: number, random: () => number): number {
  return random() * Math.min(CAP_MS, BASE_MS * 2 ** (failures - 1))
}
