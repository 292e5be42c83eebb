import type { Pointer } from '../model/place.ts'
import { openLocator } from '../yaml/locate.ts'
import type { Diagnosis, Diagnostic, DiagnosticCode } from './diagnostic.ts'
import type { RuleId } from './rule.ts'

/** A diagnostic whose place is still to be worked out. */
export interface Complaint {
  readonly severity: 'error' | 'warning'
  readonly code: DiagnosticCode
  readonly rule?: RuleId
  readonly message: string
  /** What it is about. */
  readonly pointer: Pointer
  /** True to point at the key under which it stands. @default false */
  readonly atKey?: boolean
  readonly node?: string
}

/** Finds the places in the flow's text, which is parsed for it only where there is a complaint. */
export function locateComplaints(complaints: readonly Complaint[], source: string, file: string): Diagnosis {
  if (complaints.length === 0) return { errors: [], warnings: [] }
  const locator = openLocator(source, file)
  const locate = ({ code, rule, message, pointer, atKey, node }: Complaint): Diagnostic => ({
    code,
    ...(rule === undefined ? {} : { rule }),
    message,
    location: atKey ? locator.keyPlaceOf(pointer) : locator.placeOf(pointer),
    ...(node === undefined ? {} : { node }),
  })
  return {
    errors: complaints.filter(({ severity }) => severity === 'error').map(locate),
    warnings: complaints.filter(({ severity }) => severity === 'warning').map(locate),
  }
}

/** Several diagnoses as one, in the order of the file. */
export function joinDiagnoses(diagnoses: readonly Diagnosis[]): Diagnosis {
  return {
    errors: diagnoses.flatMap(({ errors }) => errors).toSorted(byPlace),
    warnings: diagnoses.flatMap(({ warnings }) => warnings).toSorted(byPlace),
  }
}

function byPlace({ location: one }: Diagnostic, { location: other }: Diagnostic): number {
  return (one?.line ?? 0) - (other?.line ?? 0) || (one?.column ?? 0) - (other?.column ?? 0)
}
