import type { ProblemCode } from '../model/problem.ts'
import type { Strain } from './circuit-breaker.ts'

/** What a status outside 2xx means for a call. */
export interface StatusMeaning {
  readonly code: ProblemCode
  readonly advice?: string
  readonly strain: Strain
  /** May pass by itself. */
  readonly transient?: true
  readonly blocks?: 'target' | 'api'
}

const SICK = 'try again later; the correlation id helps the support of the platform to find the request'
const REFUSED: StatusMeaning = { code: 'REQUEST_REFUSED', strain: 'none' }
const MEANINGS: Readonly<Record<number, StatusMeaning>> = {
  401: {
    code: 'AUTHENTICATION_FAILED',
    strain: 'none',
    blocks: 'target',
    advice: 'check that the token URL and the API belong to the same tenant',
  },
  403: { code: 'FORBIDDEN', strain: 'none', blocks: 'api', advice: 'grant the scopes to the client, or ask for them with `scope`' },
  404: { code: 'NOT_FOUND', strain: 'none', advice: 'check the ids of the step and that the target is the right one' },
  408: { code: 'TIMEOUT', strain: 'full', transient: true, advice: SICK },
  429: {
    code: 'RATE_LIMITED',
    strain: 'full',
    transient: true,
    advice: 'run fewer scenarios at once, or lower the limits in the configuration',
  },
  500: { code: 'SERVER_ERROR', strain: 'some', transient: true, advice: SICK },
  502: { code: 'SERVER_ERROR', strain: 'full', transient: true, advice: SICK },
  503: { code: 'SERVER_ERROR', strain: 'full', transient: true, advice: SICK },
  504: { code: 'SERVER_ERROR', strain: 'full', transient: true, advice: SICK },
}

/** The meaning of any status outside 2xx. */
export function meaningOf(status: number): StatusMeaning {
  const known = MEANINGS[status]
  if (known) return known
  if (status >= 300 && status < 400)
    return { code: 'REDIRECTED', strain: 'none', advice: 'configure the address to which the target redirects' }
  if (status >= 400 && status < 500) return REFUSED
  return { code: status >= 500 && status < 600 ? 'SERVER_ERROR' : 'PROTOCOL_ERROR', strain: 'some' }
}
