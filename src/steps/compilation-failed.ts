import { formatDiagnostic } from '../assertions/diagnostics.ts'
import { counted } from '../assertions/show.ts'
import type { Finding } from '../model/finding.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { CompileObservation } from './compile.ts'

/** A compilation has to end in `COMPLETED`, unless the author expects a status or errors. */
export function compilationFailed(expect: JsonObject, observation: CompileObservation): readonly Finding[] {
  const { status, flowId, errors } = observation
  if (status === 'COMPLETED' || expect['status'] !== undefined || expectsErrors(expect['errors'])) return []
  return [
    {
      code: 'COMPILATION_FAILED',
      message: `the compilation of "${flowId}" ended ${status} with ${counted(errors.length, 'error')}, expected COMPLETED`,
      expected: 'COMPLETED',
      actual: status,
      details: errors.map(formatDiagnostic),
      advice: 'where it is meant to fail, write expect: { status: FAILED }',
    },
  ]
}

function expectsErrors(errors: Json | undefined): boolean {
  const expectsNone = errors === undefined || errors === 'none' || errors === 0 || (Array.isArray(errors) && errors.length === 0)
  return !expectsNone
}
