import type { SimulationRequest } from '../../api/resources/dialer-simulations.ts'
import { PROBABILITIES } from '../../model/check-simulation.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Injection } from '../../model/simulation.ts'
import { numberOf, objectOf, textOf } from '../step-input.ts'
import { injectionOf } from './injection.ts'

/** What a step is going to ask for, made of an input that has been checked. */
export interface SimulationPlan {
  readonly tag: string
  readonly injected: Injection
  /** As it is sent, the tag included. */
  readonly request: SimulationRequest
}

/** The plan of a simulation. `webhookUrl`: where the target shall tell of its calls; the input's own address otherwise. */
export function planSimulation(input: JsonObject, tag: string, webhookUrl = textOf(input, 'webhookUrl')): SimulationPlan {
  const outcomeInjection = objectOf(input, 'outcomeInjection') ?? {}
  return {
    tag,
    injected: injectionOf(outcomeInjection),
    request: {
      campaignId: textOf(input, 'campaignId') ?? '',
      virtualAgentMatrix: textsIn(objectOf(input, 'virtualAgentMatrix') ?? {}),
      outcomeInjection: { enabled: outcomeInjection['enabled'] === true, ...probabilitiesIn(outcomeInjection) },
      concurrencyLimit: numberOf(input, 'concurrencyLimit') ?? 0,
      maxCalls: numberOf(input, 'maxCalls') ?? 0,
      complianceBypass: input['complianceBypass'] === true,
      ...(webhookUrl !== undefined && { webhookUrl }),
      tag,
    },
  }
}

function textsIn(matrix: JsonObject): SimulationRequest['virtualAgentMatrix'] {
  const [flowId, scriptId, language] = ['flowId', 'scriptId', 'language'].map((field) => textOf(matrix, field))
  return {
    ...(flowId !== undefined && { flowId }),
    ...(scriptId !== undefined && { scriptId }),
    ...(language !== undefined && { language }),
  }
}

/** All four are sent, since the API names all four. */
function probabilitiesIn(injection: JsonObject): Omit<SimulationRequest['outcomeInjection'], 'enabled'> {
  const [dialToneProbability = 0, busySignalProbability = 0, noAnswerProbability = 0, answerProbability = 0] = PROBABILITIES.map((name) =>
    numberOf(injection, name),
  )
  return { dialToneProbability, busySignalProbability, noAnswerProbability, answerProbability }
}
