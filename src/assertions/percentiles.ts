import type { Distribution } from '../model/distribution.ts'
import { formatDuration, parseDuration } from '../model/duration.ts'
import type { Evidence } from '../model/evidence.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import type { SimulationObservation } from '../model/simulation.ts'
import { allOf, type Judgement, judgedBelow } from './expectation.ts'
import { malformed } from './malformed.ts'
import { notShown, ruled } from './ruling.ts'
import { judgeCalls, lostCalls } from './shown-calls.ts'

/** What may be bounded, and what it is called. */
const MEASURES = {
  p50: 'the median',
  p95: 'the 95th percentile',
  p99: 'the 99th percentile',
  max: 'the longest',
  min: 'the shortest',
} as const

type Measure = keyof typeof MEASURES

/** Expects how long calls take: `30s` for the longest, or upper bounds `{ p50, p95, p99, max }` and a lower bound `min`. */
export function callDuration(expected: Json, observation: SimulationObservation): Judgement {
  return judgeCalls(observation, 'calls take as long as expected', expected, ({ duration }) =>
    duration
      ? allOf([percentiles(expected, duration, 'call duration', lostCalls(observation).remark)])
      : notShown('calls take as long as expected', expected, 'no call event tells how long a call took'),
  )
}

/** Expects how long the API takes to answer the requests of a simulation, in the same form. */
export function latency(expected: Json, { apiLatency }: SimulationObservation): Judgement {
  return percentiles(expected, apiLatency, 'latency')
}

/** Compares what was measured, as it was measured: with few values a high percentile is the longest of them. */
function percentiles(expected: Json, measured: Distribution, subject: string, remark?: string): Judgement {
  if (typeof expected === 'string') return bound('max', expected, measured, subject, remark)
  if (!isJsonObject(expected)) return invalid(expected)
  return allOf(
    Object.entries(expected).flatMap(([name, limit]) =>
      limit === undefined ? [] : [judgedBelow(name, isMeasure(name) ? bound(name, limit, measured, subject, remark) : invalid(expected))],
    ),
  )
}

function isMeasure(name: string): name is Measure {
  return Object.hasOwn(MEASURES, name)
}

function invalid(got: Json): Judgement {
  return { findings: [malformed('durations for p50, p95, p99, max or min', got)], evidence: [] }
}

function bound(measure: Measure, limit: Json, measured: Distribution, subject: string, remark?: string): Judgement {
  const limitMs = typeof limit === 'string' ? parseDuration(limit) : undefined
  if (limitMs === undefined) return { findings: [malformed('a duration such as 500ms, 2s or 5m', limit)], evidence: [] }
  const actualMs = measured[measure]
  const name = `${MEASURES[measure]} ${subject}`
  const words = `${measure === 'min' ? 'at least' : 'at most'} ${String(limit)}`
  const evidence: Evidence = {
    claim: `${name} is ${words}`,
    verdict: (measure === 'min' ? actualMs >= limitMs : actualMs <= limitMs) ? 'met' : 'unmet',
    method: 'comparison',
    n: measured.count,
    observed: { [measure]: actualMs },
    expected: { [measure]: limitMs },
    ...(remark === undefined ? {} : { remark }),
  }
  return ruled(evidence, () => ({
    code: measure === 'min' ? 'DURATION_TOO_SHORT' : 'DURATION_TOO_LONG',
    message: `${name} is ${exactEnough(actualMs, limitMs)}, expected ${words}`,
  }))
}

/** A difference must not vanish in rounding. */
function exactEnough(actualMs: number, limitMs: number): string {
  const short = formatDuration(actualMs)
  return short === formatDuration(limitMs) ? `${actualMs}ms` : short
}
