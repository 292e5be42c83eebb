import type { Json, JsonObject } from '../../model/json.ts'
import type { JobCourse } from './job-course.ts'

/**
 * Faults on request: what goes wrong, and when. The same shape in code, in a YAML file and in `PUT /emulator/faults`
 * (`schemas/emulator-faults.schema.json`). Of the rules that name a request's API, the first that selects it applies; each rule
 * counts its own requests, from 1.
 *
 * ```yaml
 * seed: 7
 * faults:
 *   - { api: flow-debug, first: 2, answer: { status: 429, retryAfter: 1 } }
 *   - { api: flow-compile, every: 5, drop: before-answer, commit: true }
 *   - { api: flow-compile-status, script: [ok, { delay: 2s }, { body: truncated }] }
 *   - { rate: 0.01, answer: { status: 503 } }
 * ```
 */
export interface FaultPlan {
  /** Of the dice for `rate`. @default 1 */
  readonly seed?: number
  readonly faults: readonly FaultRule[]
  /** What happens to the webhooks that the emulator sends. @default nothing */
  readonly webhooks?: WebhookFaults
}

/** Shares of the webhooks, 0 to 1 each, by the seed's dice. */
export interface WebhookFaults {
  /** Never sent. */
  readonly lose?: number
  /** Sent twice, with the same `webhook-id`. */
  readonly duplicate?: number
  /** Sent behind the one that comes after it. */
  readonly reorder?: number
  /** Sent so much later, e.g. when its simulation is long over. */
  readonly late?: { readonly share: number; readonly by: string }
}

/** At most one of `first`, `every`, `at`, `rate` and `script`; none of them selects every request. */
export interface FaultRule extends Effect {
  /** Names of APIs, as the history shows them; absent: every one, the token endpoint included. */
  readonly api?: string | readonly string[]
  /** The first so many requests. */
  readonly first?: number
  /** Every so-manieth request. */
  readonly every?: number
  /** These requests, counted from 1. */
  readonly at?: readonly number[]
  /** This share of the requests, 0 to 1. */
  readonly rate?: number
  /** What happens to the first request, the second, …; `ok` is nothing, and so is everything past the end. */
  readonly script?: readonly ('ok' | Effect)[]
}

/** What happens to one request. Several of them add up: an answer of 503 after a delay, cut in the middle. */
export interface Effect {
  /** Answered like this instead of being looked at. */
  readonly answer?: FixedAnswer
  /** Merged into the JSON of the real answer (RFC 7396: `null` removes a field). */
  readonly merge?: JsonObject
  /** What becomes of the body. */
  readonly body?: 'truncated' | 'not-json' | 'html' | 'empty'
  /** Time before the answer, when everything else is done, e.g. `200ms`. */
  readonly delay?: string
  /** The body trickles: so many bytes, then a pause. */
  readonly drip?: { readonly bytes: number; readonly every: string }
  /** The connection breaks. */
  readonly drop?: 'before-answer' | 'mid-body'
  /** With `answer` or `drop: before-answer`: what was asked is done all the same, and only the caller does not learn it. @default false */
  readonly commit?: boolean
  /** The token that came with the request is no longer good, now and later. */
  readonly token?: 'expired' | 'revoked'
  /** The job that the request starts does not go its way. */
  readonly job?: JobCourse
  /** Somebody else changes the agent before the request is looked at, so that its ETag is another. */
  readonly interfere?: true | { readonly workModeId: string }
}

export interface FixedAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text is sent as it is, anything else as JSON. @default an error with a reason, for a status from 400 */
  readonly body?: Json
  /** `Retry-After`: seconds, any text, or the date that is so far ahead. */
  readonly retryAfter?: number | string | { readonly dateIn: string }
}
