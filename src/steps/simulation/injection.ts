import { PROBABILITIES } from '../../model/check-simulation.ts'
import type { JsonObject } from '../../model/json.ts'
import { leftOfOne } from '../../model/left-of-one.ts'
import type { CallOutcome, Injection } from '../../model/simulation.ts'
import { numberOf } from '../step-input.ts'

/** Which outcome each stated probability is of. */
const OUTCOMES = {
  dialToneProbability: 'dial-tone',
  busySignalProbability: 'busy',
  noAnswerProbability: 'no-answer',
  answerProbability: 'answered',
} as const satisfies Record<(typeof PROBABILITIES)[number], CallOutcome>

/** The classes that calls fall into by `outcomeInjection`; what the stated probabilities leave over goes to voicemail. */
export function injectionOf(outcomeInjection: JsonObject): Injection {
  const stated = PROBABILITIES.map((name) => ({ outcome: OUTCOMES[name], probability: numberOf(outcomeInjection, name) ?? 0 }))
  const residual = leftOfOne(stated.map(({ probability }) => probability))
  return {
    enabled: outcomeInjection['enabled'] === true,
    classes: [...stated, { outcome: 'voicemail', probability: residual, isResidual: true }],
  }
}
