/** The rhythm of looks at a job. */
export interface Pace {
  /** Between two looks, once the first ones are done. */
  readonly everyMs: number
  /** Before the first look, while nobody knows how long such jobs take; each further wait is twice as long, up to `everyMs`. @default everyMs */
  readonly firstMs?: number
}

/** What the API asks for where nothing else is known. */
export const USUAL_PACE: Pace = { everyMs: 500 }

/** Polls of one job never follow each other faster. */
const SHORTEST_INTERVAL_MS = 50

/** Soon after the usual duration an end is likely: the first interval then is this share of it, and each further one is twice as long. */
const SHARE_OF_USUAL = 0.05

/** The last look comes so long before the deadline that its answer still counts, as a share of the time that the job has… */
const SHARE_FOR_LAST_LOOK = 0.02

/** …but no longer than this. */
const LONGEST_FOR_LAST_LOOK_MS = 250

/** How a job is doing, in milliseconds since it was accepted. */
export interface JobTimes {
  readonly elapsedMs: number
  /** When such jobs have usually ended; absent: nobody knows yet. */
  readonly usualMs: number | undefined
  /** Looks so far. */
  readonly looks: number
  /** Looks that came after the usual duration. */
  readonly overdueLooks: number
  readonly pace: Pace
  /** When the time for the job is over; Infinity where nothing bounds it. */
  readonly deadlineMs: number
}

/**
 * How long to wait for the next look at a job, in milliseconds; `undefined` where its time is over. The first look comes after the
 * usual duration of such jobs, so that most jobs cost one or two requests; without any experience, at the job's own pace. A last look comes
 * just before the deadline.
 */
export function waitBeforeNextLook(times: JobTimes): number | undefined {
  const lastLookMs = times.deadlineMs - Math.min(LONGEST_FOR_LAST_LOOK_MS, times.deadlineMs * SHARE_FOR_LAST_LOOK)
  const isUnbounded = times.deadlineMs === Number.POSITIVE_INFINITY
  if (!isUnbounded && times.elapsedMs >= lastLookMs) return undefined
  const wantedMs = wantedWait(times)
  return isUnbounded ? wantedMs : Math.min(wantedMs, lastLookMs - times.elapsedMs)
}

function wantedWait({ elapsedMs, usualMs, looks, overdueLooks, pace }: JobTimes): number {
  const { everyMs } = pace
  if (usualMs === undefined) return Math.min(everyMs, (pace.firstMs ?? everyMs) * 2 ** looks)
  if (elapsedMs < usualMs) return Math.max(SHORTEST_INTERVAL_MS, usualMs - elapsedMs)
  const firstMs = Math.max(SHORTEST_INTERVAL_MS, usualMs * SHARE_OF_USUAL)
  return Math.min(everyMs, firstMs * 2 ** Math.max(0, overdueLooks - 1))
}
