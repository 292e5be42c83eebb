import type { Problem } from '../model/problem.ts'
import type { Call, Reply } from './call.ts'
import type { Strain } from './circuit-breaker.ts'
import type { ApiAnswer } from './send.ts'
import type { TransportError } from './transport-error.ts'

/** What one attempt led to. */
export type Verdict =
  | { readonly kind: 'done'; readonly answer: Omit<ApiAnswer, 'attempts'>; readonly strain: Strain }
  | {
      readonly kind: 'failed'
      readonly problem: Problem
      /** The problem in few words, for the list of attempts. */
      readonly reason: string
      /** Whether another attempt may help and does no harm. */
      readonly repeatable: boolean
      /** What the target asks for. */
      readonly retryAfterMs?: number | undefined
      /** The target says that it was too many, not that something is wrong: such an attempt is not one of the three. */
      readonly throttled?: boolean
      readonly strain: Strain
    }

export type Failure = Extract<Verdict, { kind: 'failed' }>

/** Judges what one attempt of a call led to. */
export type Judge = (call: Call, outcome: Reply | TransportError) => Verdict
