import type { PlannedRun } from './attempt.ts'

/** Up to this share of the shortest possible run, a long scenario that starts last is not worth sorting for. */
const NEGLIGIBLE_SHARE = 0.01

/** Nobody notices a run that is longer by less, in milliseconds. */
export const NEGLIGIBLE_MS = 200

/**
 * Whether starting the longest scenario first can shorten the run noticeably: at worst a run is longer than it had to be by its longest
 * scenario. It has a price: no scenario starts before the last file is read, and all are held in memory.
 */
export function isWorthSorting(durations: ReadonlyMap<string, number> | undefined, atOnce: number): boolean {
  if (!durations || durations.size === 0) return false
  let longestMs = 0
  let totalMs = 0
  for (const durationMs of durations.values()) {
    longestMs = Math.max(longestMs, durationMs)
    totalMs += durationMs
  }
  return longestMs > Math.max(NEGLIGIBLE_MS, (totalMs / atOnce) * NEGLIGIBLE_SHARE)
}

/** Those that took longest come first; before them those of which nothing is known, since they may take long. Otherwise in their order. */
export function longestFirst(planned: readonly PlannedRun[], durations: ReadonlyMap<string, number>): PlannedRun[] {
  const expectedMs = ({ scenario }: PlannedRun): number => durations.get(scenario.id) ?? Number.POSITIVE_INFINITY
  return planned.toSorted((one, other) => compareDescending(expectedMs(one), expectedMs(other)))
}

/** Every order is as likely as any other (Fisher and Yates, in the form of Durstenfeld); `random` is even in [0, 1). */
export function shuffled(planned: readonly PlannedRun[], random: () => number): PlannedRun[] {
  const order = [...planned]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1))
    const [one, other] = [order[last], order[chosen]]
    if (one && other) [order[last], order[chosen]] = [other, one]
  }
  return order
}

function compareDescending(one: number, other: number): number {
  return one === other ? 0 : one > other ? -1 : 1
}
