import type { Fault } from '../model/fault.ts'
import type { Place } from '../model/place.ts'
import type { RuleId } from './rule.ts'

/** What a compilation says about one place of a flow, with the codes of the compile API. */
export interface Diagnostic {
  readonly code: DiagnosticCode
  /** What is wrong, what would be right, and what to do, for a QA person. */
  readonly message: string
  /** Absent: unknown. */
  readonly location?: Place
  /** What the analysis calls it. @default by its code */
  readonly rule?: RuleId
  /** The node that it is about. A call that reaches it breaks there where this is an error. */
  readonly node?: string
}

export type DiagnosticCode =
  /** Not YAML or JSON. */
  | 'SYNTAX_ERROR'
  /** Not a flow: a field of the wrong shape, a missing branch, an unknown type, no way out. As a warning: what is allowed and looks like a slip. */
  | 'VALIDATION_ERROR'
  /** A name that leads nowhere: a node, a variable, a profile, an action, a flow. */
  | 'REFERENCE_ERROR'

/** All that is wrong with a flow. It compiles where `errors` is empty. */
export interface Diagnosis {
  readonly errors: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
}

/** Diagnostics as faults with their places, for those who show faults. */
export function toFaults(diagnostics: readonly Diagnostic[]): Fault[] {
  return diagnostics.map(({ code, message, location }) => ({ code, message, ...(location ? { place: location } : {}) }))
}

/** Faults of reading as diagnostics of one code; their advice becomes a part of the message. */
export function fromFaults(code: DiagnosticCode, faults: readonly Fault[]): Diagnosis {
  return {
    errors: faults.map(({ code: fault, message, expected, advice, place }) => ({
      code,
      ...(fault === 'DUPLICATE_KEY' ? { rule: 'duplicate-key' as const } : {}),
      message: [message, ...(expected === undefined ? [] : [`expected: ${expected}`]), ...(advice === undefined ? [] : [advice])].join(
        '; ',
      ),
      ...(place ? { location: place } : {}),
    })),
    warnings: [],
  }
}
