import type { Send } from '../send.ts'

/** The figures of a simulation that came to its end, for the platform's own statistics. */
export interface SimulationMetrics {
  readonly totalCalls: number
  readonly completedCalls: number
  readonly averageLatencyMs: number
  /** Within 0…1; absent where it is not known. */
  readonly accuracyRate?: number
}

/** Hands the figures of a simulation on. Resolves with the status and latency of the answer once they are taken. */
export async function aggregateMetrics(
  send: Send,
  simulationId: string,
  metrics: SimulationMetrics,
): Promise<{ readonly httpStatus: number; readonly latencyMs: number }> {
  const { status, latencyMs } = await send({
    api: 'dialer-metrics',
    scopes: ['dialer:metrics:read'],
    method: 'POST',
    path: '/api/v2/dialer/metrics/aggregations',
    body: { simulationId, metrics: { ...metrics } },
  })
  return { httpStatus: status, latencyMs }
}
