import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'
import { matchValue } from './match-value.ts'
import { recode } from './recode.ts'

/** Expects how a call or a job ended: a name or a matcher. */
export function status(expected: Json, actual: string): readonly Finding[] {
  return recode('STATUS_DIFFERS', matchValue(expected, actual, 'status')).map((finding) => ({
    ...finding,
    ...inOtherCase(expected, actual),
  }))
}

function inOtherCase(expected: Json, actual: string): { readonly advice?: string } {
  const differsOnlyInCase = typeof expected === 'string' && expected !== actual && expected.toLowerCase() === actual.toLowerCase()
  return differsOnlyInCase ? { advice: `upper and lower case count: write ${actual}` } : {}
}
