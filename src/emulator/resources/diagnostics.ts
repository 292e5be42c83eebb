import type { Diagnosis, Diagnostic } from '../../flow/diagnostic.ts'
import type { JsonObject } from '../../model/json.ts'

/** Errors and warnings of a compilation as the API tells them; a list without entries is left out. */
export function toDiagnostics({ errors, warnings }: Diagnosis): JsonObject {
  return {
    ...(errors.length > 0 && { errors: errors.map(toEntry) }),
    ...(warnings.length > 0 && { warnings: warnings.map(toEntry) }),
  }
}

function toEntry({ code, message, location }: Diagnostic): JsonObject {
  return { code, message, ...(location && { location: { line: location.line, column: location.column } }) }
}
