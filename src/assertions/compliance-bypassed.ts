import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'
import { matchValue } from './match-value.ts'
import { recode } from './recode.ts'

/** Expects whether the target says that compliance rules were bypassed, as a simulation asks for. */
export function complianceBypassed(expected: Json, actual: boolean): readonly Finding[] {
  return recode('COMPLIANCE_DIFFERS', matchValue(expected, actual, 'complianceBypassed'))
}
