import type { Evidence } from '../model/evidence.ts'
import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'
import type { Judgement } from './expectation.ts'

/** What is said of evidence that does not meet its expectation. */
export type Ruling = Pick<Finding, 'code' | 'message' | 'advice' | 'details'>

/** The code of what the evidence neither meets nor refutes. */
export const TOO_FEW_CALLS = 'TOO_FEW_CALLS'

/** A judgement from evidence; `ruling` is asked for words only where it is not met. */
export function ruled(evidence: Evidence, ruling: () => Ruling): Judgement {
  if (evidence.verdict === 'met') return { findings: [], evidence: [evidence] }
  const { expected, observed, at, verdict } = evidence
  const finding: Finding = {
    ...ruling(),
    expected,
    actual: observed,
    ...(at === undefined ? {} : { at }),
    ...(verdict === 'inconclusive' ? { inconclusive: true } : {}),
  }
  return { findings: [finding], evidence: [evidence] }
}

/** The judgement of what the target does not show: inconclusive, for this reason, and never met. */
export function notShown(claim: string, expected: Json, reason: string, advice?: string): Judgement {
  const evidence: Evidence = { claim, verdict: 'inconclusive', method: 'comparison', n: 0, observed: null, expected, remark: reason }
  return ruled(evidence, () => ({
    code: 'NOT_SHOWN',
    message: `nobody can say whether ${claim}: ${reason}`,
    ...(advice === undefined ? {} : { advice }),
  }))
}
