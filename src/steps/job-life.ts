import { ProblemError } from '../model/problem.ts'

/** The statuses that a job of a kind may have. It may stay or go on, also past a status; it never goes back, and an end is final. */
export interface JobLife {
  /** In the order in which a job passes them. `any`: the target is free to name them, so each that is no end is one, and none comes before another. */
  readonly open: readonly string[] | 'any'
  readonly ended: readonly string[]
}

/** True where no further change will come. */
export function hasEnded(life: JobLife, status: string): boolean {
  return life.ended.includes(status)
}

/** Whether a job may be `next` after it was `last` (`undefined`: it was just accepted). */
export function mayFollow(life: JobLife, last: string | undefined, next: string): boolean {
  const rank = rankOf(life, next)
  if (rank === undefined) return false
  if (last === undefined || last === next) return true
  return !hasEnded(life, last) && (life.open === 'any' || rank > (rankOf(life, last) ?? -1))
}

/** Throws a `ProblemError` (`ILLEGAL_STATUS`) where a job may not be `next` after `last`. `job` names it in the message. */
export function requireLegal(life: JobLife, job: string, last: string | undefined, next: string): void {
  if (mayFollow(life, last, next)) return
  const isKnown = rankOf(life, next) !== undefined
  const known = [...(life.open === 'any' ? [] : life.open), ...life.ended].join(', ')
  const after = last === undefined ? 'when it was accepted' : `after ${last}`
  throw new ProblemError({
    code: 'ILLEGAL_STATUS',
    message: isKnown
      ? `${job} went back: its status was ${JSON.stringify(next)} ${after}`
      : `${job} has a status that is not known: ${JSON.stringify(next)} ${after}; known are ${known}`,
    details: { ...(last === undefined ? {} : { lastStatus: last }), status: next },
  })
}

function rankOf(life: JobLife, status: string): number | undefined {
  if (life.ended.includes(status)) return Number.POSITIVE_INFINITY
  if (life.open === 'any') return 0
  const rank = life.open.indexOf(status)
  return rank < 0 ? undefined : rank
}
