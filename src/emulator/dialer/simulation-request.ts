import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { validateSimulationRequest } from '../../schema/generated/api.ts'
import type { Validator } from '../../schema/validator.ts'
import type { Reason } from '../exchange.ts'
import { leftOfOne } from './exact-sum.ts'
import type { OutcomeInjection } from './outcomes.ts'

/** What is asked for with `POST /api/v2/dialer/simulations`, as its schema proves it. */
export interface SimulationRequest {
  readonly campaignId: string
  readonly virtualAgentMatrix: { readonly flowId?: string | null; readonly scriptId?: string | null; readonly language?: string | null }
  readonly outcomeInjection: OutcomeInjection
  readonly concurrencyLimit: number
  readonly maxCalls: number
  readonly complianceBypass: true
  readonly webhookUrl?: string | null
  readonly tag?: string | null
}

/** Whether a body has the shape of a request for a simulation; see also {@link simulationReasons}. */
export const isSimulationRequest: Validator<SimulationRequest> = validateSimulationRequest

const PROBABILITIES = ['dialToneProbability', 'busySignalProbability', 'noAnswerProbability', 'answerProbability'] as const

/** What a deployment refuses. */
export interface SimulationRules {
  readonly maxConcurrency: number
  /** Why nothing can be posted to an address, in words; `undefined` where it can. */
  readonly refusesUrl: (url: string) => string | undefined
}

/** What is wrong with a body beyond its shape. It may have any shape: whatever part can be judged is, so that all faults are told at once. */
export function simulationReasons(body: Json, rules: SimulationRules): Reason[] {
  if (!isJsonObject(body)) return []
  return [...matrixReasons(body['virtualAgentMatrix']), ...injectionReasons(body['outcomeInjection']), ...boundReasons(body, rules)]
}

function matrixReasons(matrix: Json | undefined): Reason[] {
  if (!isJsonObject(matrix)) return []
  const isNamed = (matrix['flowId'] ?? matrix['scriptId'] ?? null) !== null
  return isNamed ? [] : [{ field: '/virtualAgentMatrix', message: 'names neither a flowId nor a scriptId' }]
}

function injectionReasons(injection: Json | undefined): Reason[] {
  if (!isJsonObject(injection)) return []
  const shares = PROBABILITIES.flatMap((name) => {
    const value = injection[name]
    return typeof value === 'number' && Number.isFinite(value) ? [value] : []
  })
  const left = leftOfOne(shares)
  if (left >= 0) return []
  return [{ field: '/outcomeInjection', message: `probabilities sum to more than 1: ${shares.join(' + ')}` }]
}

function boundReasons({ concurrencyLimit, webhookUrl }: JsonObject, { maxConcurrency, refusesUrl }: SimulationRules): Reason[] {
  const reasons: Reason[] = []
  if (typeof concurrencyLimit === 'number' && concurrencyLimit > maxConcurrency) {
    reasons.push({ field: '/concurrencyLimit', message: `is more than the organization's maximum of ${maxConcurrency}` })
  }
  const refusal = typeof webhookUrl === 'string' ? refusesUrl(webhookUrl) : undefined
  if (refusal !== undefined) reasons.push({ field: '/webhookUrl', message: refusal })
  return reasons
}
