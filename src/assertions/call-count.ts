import type { Json } from '../model/json.ts'
import { describeMatcher } from './describe-matcher.ts'
import type { Judgement } from './expectation.ts'
import { matchValue } from './match-value.ts'
import { recode } from './recode.ts'
import { carried } from './show.ts'

/** Expects a number of calls as the target counts them: a number or a matcher. `subject` is the counter's name. */
export function callCount(expected: Json, actual: number, subject: string): Judgement {
  const findings = recode('CALL_COUNT_DIFFERS', matchValue(expected, actual, subject))
  const claim = `${subject} is ${describeMatcher(expected)}`
  const verdict = findings.length === 0 ? 'met' : 'unmet'
  return { findings, evidence: [{ claim, verdict, method: 'comparison', n: actual, observed: actual, expected: carried(expected) }] }
}
