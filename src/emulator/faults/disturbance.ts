import { parseDuration } from '../../model/duration.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Delivery, EmulatorAnswer } from '../exchange.ts'
import { errorAnswer, jsonAnswer } from '../exchange.ts'
import type { TokenEnd } from '../oauth/token-store.ts'
import type { Effect, FixedAnswer } from './fault-plan.ts'
import type { JobCourse } from './job-course.ts'

/** An effect with everything worked out that does not depend on the request. */
export interface Disturbance {
  /** As the history shows it. */
  readonly label: string
  readonly answer?: EmulatorAnswer
  /** `Retry-After` is the date that is so far ahead. */
  readonly retryAfterDateMs?: number
  readonly merge?: JsonObject
  readonly body?: Effect['body']
  readonly delayMs: number
  readonly delivery?: Delivery
  /** Whether the operation is carried out. */
  readonly isCarriedOut: boolean
  readonly token?: TokenEnd
  /** How the job that the request starts goes. */
  readonly job?: JobCourse
  /** What somebody else changes first. */
  readonly interference?: { readonly workModeId?: string }
}

/** Works an effect out. Its durations have been checked: one that is none counts as no time. */
export function toDisturbance(effect: Effect): Disturbance {
  const { answer, merge, body, delay, drip, drop, commit = false, token, job, interfere } = effect
  const retryAfter = answer?.retryAfter
  const delivery = toDelivery(drop, drip)
  return {
    label: labelOf(effect),
    delayMs: toMs(delay),
    isCarriedOut: commit || !(answer || drop === 'before-answer'),
    ...(answer && { answer: toAnswer(answer) }),
    ...(typeof retryAfter === 'object' && { retryAfterDateMs: toMs(retryAfter.dateIn) }),
    ...(merge && { merge }),
    ...(body && { body }),
    ...(delivery && { delivery }),
    ...(token && { token }),
    ...(job && { job }),
    ...(interfere && { interference: interfere === true ? {} : interfere }),
  }
}

function toDelivery(drop: Effect['drop'], drip: Effect['drip']): Delivery | undefined {
  if (!drop && !drip) return undefined
  return { ...(drop && { drop }), ...(drip && { drip: { bytes: drip.bytes, everyMs: toMs(drip.every) } }) }
}

function toAnswer({ status, headers = {}, body, retryAfter }: FixedAnswer): EmulatorAnswer {
  const all = {
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    ...((typeof retryAfter === 'string' || typeof retryAfter === 'number') && { 'retry-after': String(retryAfter) }),
  }
  if (typeof body === 'string') return { status, headers: all, body }
  if (body !== undefined) return jsonAnswer(status, body, all)
  return status >= 400
    ? errorAnswer(status, 'fault_on_request', 'the fault plan asked for this answer', { headers: all })
    : { status, headers: all, body: '' }
}

function toMs(duration: string | undefined): number {
  return (duration === undefined ? undefined : parseDuration(duration)) ?? 0
}

/** `answer 429`, `drop mid-body, delay 2s`, … */
function labelOf({ answer, ...others }: Effect): string {
  const named = (['drop', 'body', 'delay', 'token'] as const).flatMap((name) =>
    (others[name] ?? false) ? [`${name} ${others[name]}`] : [],
  )
  return [
    ...(answer ? [`answer ${answer.status}`] : []),
    ...named,
    ...(['merge', 'drip', 'job', 'interfere', 'commit'] as const).filter((name) => others[name] !== undefined && others[name] !== false),
  ].join(', ')
}
