import { leftOfOne } from './exact-sum.ts'

/** How the other end takes a call. */
export const OUTCOMES = ['dial-tone', 'busy', 'no-answer', 'answered', 'voicemail'] as const

export type Outcome = (typeof OUTCOMES)[number]

/** How often each outcome happens; the shares sum to 1. */
export type OutcomeShares = Readonly<Record<Outcome, number>>

/** What a request asks to be injected; an absent probability is 0. */
export interface OutcomeInjection {
  readonly enabled: boolean
  readonly dialToneProbability?: number
  readonly busySignalProbability?: number
  readonly noAnswerProbability?: number
  readonly answerProbability?: number
}

/** The injected probabilities in the order of {@link OUTCOMES}, without that of `voicemail`. */
function injectedProbabilities(injection: OutcomeInjection): readonly number[] {
  const { dialToneProbability = 0, busySignalProbability = 0, noAnswerProbability = 0, answerProbability = 0 } = injection
  return [dialToneProbability, busySignalProbability, noAnswerProbability, answerProbability]
}

/** The shares that an injection asks for: what it leaves of 1 goes to `voicemail`. Its probabilities sum to at most 1. */
export function injectedShares(injection: OutcomeInjection): OutcomeShares {
  const probabilities = injectedProbabilities(injection)
  const [dialTone = 0, busy = 0, noAnswer = 0, answered = 0] = probabilities
  return { 'dial-tone': dialTone, busy, 'no-answer': noAnswer, answered, voicemail: leftOfOne(probabilities) }
}

/** The outcome at a point in [0, 1) of the shares laid end to end. One with the share 0 never happens, whatever rounding does. */
export function outcomeAt(point: number, shares: OutcomeShares): Outcome {
  const possible = OUTCOMES.filter((outcome) => shares[outcome] > 0)
  let end = 0
  for (const outcome of possible) {
    end += shares[outcome]
    if (point < end) return outcome
  }
  return possible.at(-1) ?? 'voicemail'
}
