import type { Call } from './call.ts'

/** Why a call whose answer was lost is not repeated, as the end of a sentence. */
export function unknownEffect({ request }: Call): string {
  return request.startsJob
    ? 'nobody knows whether it started a job, so it is not sent again'
    : 'nobody knows whether it took effect, so it is not sent again'
}

/** What to do about it. */
export function adviceOnUnknown({ request }: Call): string {
  return request.startsJob
    ? 'look the job up on the platform before you run this again'
    : 'look on the platform at what was to be changed before you run this again'
}
