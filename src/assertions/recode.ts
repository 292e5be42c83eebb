import type { Finding } from '../model/finding.ts'
import { MATCHER_INVALID } from './check-matchers.ts'

/** The findings under a code that says what the value is, e.g. `STATUS_DIFFERS`; faults of the expectation itself keep their own. */
export function recode(code: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => (finding.code === MATCHER_INVALID ? finding : { ...finding, code }))
}

/** The findings one level deeper in what the author wrote. */
export function below(key: string | number, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => ({ ...finding, at: [key, ...(finding.at ?? [])] }))
}
