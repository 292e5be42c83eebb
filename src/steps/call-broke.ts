import type { Finding } from '../model/finding.ts'
import type { JsonObject } from '../model/json.ts'
import type { Trace } from '../model/trace.ts'

/** A call must not break, unless the author expects a status. */
export function callBroke(expect: JsonObject, trace: Trace): readonly Finding[] {
  if (trace.status !== 'Error' || expect['status'] !== undefined) return []
  const broken = trace.visits.find((visit) => visit.status === 'Error' || visit.exception !== undefined) ?? trace.visits.at(-1)
  const place = broken === undefined ? '' : ` at "${broken.node}" (visit ${broken.index + 1})`
  const reason = broken?.exception === undefined ? '' : `: ${broken.exception}`
  return [
    {
      code: 'CALL_BROKE',
      message: `the flow broke${place}${reason}`,
      actual: trace.status,
      advice: 'where it is meant to break, write expect: { status: Error }',
    },
  ]
}
