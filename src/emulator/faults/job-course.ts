/** How a job that a request starts does not go its way: it never ends, goes back, fails for no reason of its own, or tells a list of statuses. */
export type JobCourse = 'stuck' | 'backward' | 'failed' | { readonly statuses: readonly string[] }

/** The statuses that a job tells instead of its own, one for each check and the last one for ever; `undefined`: its own. `usual` are its first two. */
export function toldStatuses(course: JobCourse | undefined, usual: readonly [string, string]): readonly string[] | undefined {
  if (course === undefined || course === 'failed') return undefined
  if (course === 'stuck') return usual
  return course === 'backward' ? usual.toReversed() : course.statuses
}

/** The status for the so-manieth check, counted from 0. */
export function toldStatus(statuses: readonly string[], check: number): string {
  return statuses[Math.min(check, statuses.length - 1)] ?? ''
}
