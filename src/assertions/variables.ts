import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { malformed } from './malformed.ts'
import { matchValue } from './match-value.ts'
import { didYouMean } from './nearest-id.ts'
import { below } from './recode.ts'
import { show } from './show.ts'

/**
 * Expects variables by name, each a plain value or a matcher; further variables do no harm. Since the names are the author's, a variable may
 * be called `type` or `length`; only `{ exactly: {…} }` is read as a whole: these variables and no others. `subject` stands in messages.
 */
export function variables(expected: Json, actual: JsonObject, subject: string): readonly Finding[] {
  if (!isJsonObject(expected)) return [malformed('variables by name', expected)]
  if (isExactly(expected)) return matchValue(expected, actual, subject)
  return Object.entries(expected).flatMap(([name, value]) =>
    value === undefined ? [] : below(name, variable(name, value, actual, subject)),
  )
}

function isExactly(expected: JsonObject): boolean {
  return Object.keys(expected).length === 1 && isJsonObject(expected['exactly'])
}

function variable(name: string, expected: Json, actual: JsonObject, subject: string): readonly Finding[] {
  const value = Object.hasOwn(actual, name) ? actual[name] : undefined
  const place = /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) ? `${subject}.${name}` : `${subject}[${show(name)}]`
  const findings = matchValue(expected, value, place)
  return value === undefined ? findings.map((finding) => ({ ...finding, ...didYouMean(name, Object.keys(actual)) })) : findings
}
