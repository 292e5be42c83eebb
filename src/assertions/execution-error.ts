import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'
import { matchValue } from './match-value.ts'

/** Expects what a data action said went wrong: `none`, `any`, or a value or matcher of the error as the target tells it. */
export function executionError(expected: Json, actual: Json | undefined): readonly Finding[] {
  if (expected === 'none') return matchValue({ exists: false }, actual, 'error').map(withoutPlace)
  if (expected === 'any') return matchValue({ exists: true }, actual, 'error').map(withoutPlace)
  return matchValue(expected, actual, 'error')
}

/** The author wrote one word, and no matcher that a place could lead into. */
function withoutPlace({ at: _at, ...finding }: Finding): Finding {
  return finding
}
