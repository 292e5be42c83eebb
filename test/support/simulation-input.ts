import type { JsonObject } from '../../src/model/json.ts'

/** The input of a simulate step in which nothing is wrong. */
export function simulationInput(more: JsonObject = {}): JsonObject {
  return {
    campaignId: 'a1b2c3d4-e5f6-7890-abcd-ef1234567890',
    virtualAgentMatrix: { flowId: 'va-flow-12345', language: 'en-US' },
    outcomeInjection: {
      enabled: true,
      dialToneProbability: 0.15,
      busySignalProbability: 0.2,
      noAnswerProbability: 0.25,
      answerProbability: 0.4,
    },
    concurrencyLimit: 5,
    maxCalls: 500,
    complianceBypass: true,
    ...more,
  }
}
