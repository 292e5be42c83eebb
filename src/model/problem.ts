import type { Json } from './json.ts'
import type { Place, Pointer } from './place.ts'

/** What kept a step from being judged: the target, the network, a limit or an answer that made no sense. It ends in `errored`. */
export interface Problem {
  /** Stable, upper snake case; the list of them is {@link ProblemCode}. */
  readonly code: ProblemCode
  /** One sentence for a QA person: what happened, to which request, what was seen. */
  readonly message: string
  /** What to do next. */
  readonly advice?: string
  /** What else cannot work for the same reason: nothing at this target, or one API of it (its name). Absent: only this call. */
  readonly blocks?: 'target' | { readonly api: string }
  /** Identifiers and figures for the report: method, path, status, attempts, correlationId, excerpt, lastStatus… Never a secret. */
  readonly details?: { readonly [name: string]: Json | undefined }
  /** Which part of the step's input it is about; it gives way to `place`. @default the step */
  readonly at?: Pointer
  readonly place?: Place
}

export type ProblemCode =
  /** No connection, no name, or it broke, after all attempts. */
  | 'TARGET_UNREACHABLE'
  /** The circuit is open: the target failed so often that no more is sent. */
  | 'PLATFORM_UNAVAILABLE'
  /** A limit of time was reached: of a call, a step, a scenario or the run. */
  | 'TIMEOUT'
  /** 429 to the end, or a wait longer than the time that is left. */
  | 'RATE_LIMITED'
  /** 5xx to the end. */
  | 'SERVER_ERROR'
  /** 401 with fresh credentials, or the token endpoint said no. */
  | 'AUTHENTICATION_FAILED'
  /** 403: a scope is missing. */
  | 'FORBIDDEN'
  /** 404 where the thing had to exist. */
  | 'NOT_FOUND'
  /** Any other 4xx: the request was refused. */
  | 'REQUEST_REFUSED'
  /** 3xx: redirects are never followed. */
  | 'REDIRECTED'
  /** The answer is not what the API promises: not JSON, cut off, wrong shape. */
  | 'PROTOCOL_ERROR'
  /** The answer is larger than a bound of ours. */
  | 'ANSWER_TOO_LARGE'
  /** A request that starts a job was sent, and nobody can say whether it did. Never sent again. */
  | 'UNKNOWN_OUTCOME'
  /** A job did not move for too long. */
  | 'JOB_STUCK'
  /** A job changed to a status that it may not have after the one before. */
  | 'ILLEGAL_STATUS'
  /** The run was interrupted or stopped. */
  | 'ABORTED'
  /** Nothing can be received: the port for what the target sends cannot be listened on. */
  | 'RECEIVER_UNAVAILABLE'
  /** `${steps.ID.field}` names something that the earlier step did not yield. */
  | 'UNKNOWN_REFERENCE'
  /** After the placeholders were filled in, the step is no longer valid. */
  | 'INVALID_STEP'
  /** A bug of ours: the exit code is 70. */
  | 'INTERNAL_ERROR'

/** Thrown through `api` and `steps`; the runner turns it into the outcome `errored`. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options)
    this.name = 'ProblemError'
    this.problem = problem
  }
}
