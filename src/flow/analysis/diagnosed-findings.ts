import { diagnose } from '../diagnose.ts'
import type { Diagnostic, DiagnosticCode } from '../diagnostic.ts'
import type { Flow } from '../flow.ts'
import type { Library } from '../library.ts'
import type { RuleId } from '../rule.ts'
import type { Draft } from './finding-draft.ts'
import type { Severity } from './flow-finding.ts'

const RULE_OF_CODE: Readonly<Record<DiagnosticCode, RuleId>> = {
  SYNTAX_ERROR: 'syntax',
  VALIDATION_ERROR: 'invalid-node',
  REFERENCE_ERROR: 'unknown-name',
}

/** What a compilation of the flow says. */
export function diagnosedFindings(flow: Flow, library: Library): Draft[] {
  const { errors, warnings } = diagnose(flow, library)
  const toDraft =
    (severity: Severity) =>
    ({ code, rule, message, location, node }: Diagnostic): Draft => ({
      rule: rule ?? RULE_OF_CODE[code],
      severity,
      flowId: flow.flowId,
      message,
      at: location ?? { pointer: [] },
      ...(node === undefined ? {} : { way: [{ node }] }),
    })
  return [...errors.map(toDraft('error')), ...warnings.map(toDraft('warning'))]
}
