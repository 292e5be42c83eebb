import { isJsonObject, type Json } from '../../model/json.ts'
import { validateMetricsRequest } from '../../schema/generated/api.ts'
import type { Validator } from '../../schema/validator.ts'
import { jsonBody } from '../body.ts'
import { jsonAnswer, type Reason, refuse } from '../exchange.ts'
import type { Operation } from '../operation.ts'

interface MetricsRequest {
  readonly simulationId: string
  readonly metrics: {
    readonly totalCalls: number
    readonly completedCalls: number
    readonly averageLatencyMs?: number | null
    readonly accuracyRate?: number | null
  }
}

const isMetricsRequest: Validator<MetricsRequest> = validateMetricsRequest

/** Takes the metrics of a simulation, which the history then shows: 202. */
export const dialerMetrics: Operation = {
  api: 'dialer-metrics',
  method: 'POST',
  paths: ['/api/v2/dialer/metrics/aggregations'],
  access: { scopes: ['dialer:metrics:read'] },
  answer({ request, entry }, { settings, simulations, recorder }) {
    const { simulationId, metrics } = jsonBody(request, isMetricsRequest, { further: countReasons })
    if (!simulations.find(simulationId)) throw refuse(404, 'simulation_not_found', `there is no simulation "${simulationId}"`)
    recorder.add('metrics', { request: entry?.id ?? 0, simulationId, metrics: { ...metrics }, atMs: settings.clock.now() })
    return jsonAnswer(202, { simulationId, status: 'accepted' })
  },
}

function countReasons(body: Json): Reason[] {
  const metrics = isJsonObject(body) ? body['metrics'] : undefined
  if (!isJsonObject(metrics)) return []
  const { totalCalls, completedCalls } = metrics
  if (typeof totalCalls !== 'number' || typeof completedCalls !== 'number' || completedCalls <= totalCalls) return []
  return [{ field: '/metrics/completedCalls', message: `is ${completedCalls}, more than the ${totalCalls} calls in all` }]
}
