import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { assign } from './assign.ts'
import { checkMatchers } from './check-matchers.ts'
import { describeMatcher } from './describe-matcher.ts'
import { malformed } from './malformed.ts'
import { matchValue, meetsValue } from './match-value.ts'
import { below } from './recode.ts'
import { carried, counted } from './show.ts'

/** An error or a warning of a compilation. A type and no interface, so that it is JSON as it stands. */
export type Diagnostic = {
  readonly code: string
  readonly message: string
  /** 1-based; absent: unknown. */
  readonly line?: number
  /** 1-based; absent: unknown. */
  readonly column?: number
}

/**
 * Expects the errors or warnings of a compilation or another `subject`: `none`, `any` (at least one), how many, a list that names all of them in any
 * order, or `{ count, contains }`. Each entry of a list needs a diagnostic of its own. `noun` stands in messages: `error`.
 */
export function diagnostics(noun: string, expected: Json, actual: readonly Diagnostic[], subject = 'the compilation'): readonly Finding[] {
  const of = { noun, subject }
  if (expected === 'none') return count(of, 0, actual)
  if (expected === 'any') return count(of, { gte: 1 }, actual)
  if (typeof expected === 'number') return count(of, expected, actual)
  if (Array.isArray(expected)) return [...named(of, expected, actual), ...unnamed(of, expected, actual)]
  return isJsonObject(expected) ? partly(of, expected, actual) : [malformed(`none, any, a number or a list of ${noun}s`, expected)]
}

/** What the diagnostics are called, and what has them. */
interface Of {
  readonly noun: string
  readonly subject: string
}

/** A diagnostic on one line: `SYNTAX_ERROR at 7:3: unexpected end`. */
export function formatDiagnostic({ code, message, line, column }: Diagnostic): string {
  const place = line === undefined ? '' : ` at ${line}${column === undefined ? '' : `:${column}`}`
  return `${code}${place}: ${message}`
}

function partly(of: Of, { count: expectedCount, contains }: JsonObject, actual: readonly Diagnostic[]): readonly Finding[] {
  const counts = expectedCount === undefined ? [] : below('count', count(of, expectedCount, actual))
  if (contains === undefined) return counts
  if (!Array.isArray(contains)) return [...counts, ...below('contains', [malformed(`a list of ${of.noun}s`, contains)])]
  return [...counts, ...below('contains', named(of, contains, actual))]
}

function count(of: Of, expected: Json, actual: readonly Diagnostic[]): readonly Finding[] {
  const findings = matchValue(expected, actual.length, of.noun)
  if (findings[0]?.code !== 'VALUE_DIFFERS') return findings
  const words = expected === 0 ? 'none' : describeMatcher(expected)
  const message = `${of.subject} has ${actual.length === 0 ? `no ${of.noun}` : counted(actual.length, of.noun)}, expected ${words}`
  return [
    { code: `${of.noun.toUpperCase()}_COUNT_DIFFERS`, message, expected: carried(expected), actual: actual.length, details: lines(actual) },
  ]
}

/** Each expected diagnostic that has no counterpart. */
function named(of: Of, expected: readonly Json[], actual: readonly Diagnostic[]): readonly Finding[] {
  const faults = expected.flatMap((pattern, index) => below(index, faultsOf(of, pattern)))
  if (faults.length > 0) return faults
  const partners = assign(expected, actual, matchesPattern)
  return expected.flatMap((pattern, index) => (partners[index] === undefined ? [missing(of, pattern, index, actual)] : []))
}

/** The diagnostics that the list does not name. */
function unnamed(of: Of, expected: readonly Json[], actual: readonly Diagnostic[]): readonly Finding[] {
  const taken = new Set(assign(expected, actual, matchesPattern))
  const left = actual.filter((_diagnostic, index) => !taken.has(index))
  if (left.length === 0) return []
  return [
    {
      code: `${of.noun.toUpperCase()}_NOT_EXPECTED`,
      message: `${of.subject} has ${counted(left.length, of.noun)} that the list does not name`,
      actual: left.length,
      details: lines(left),
      advice: `name all of them, or write { contains: [...] } where further ${of.noun}s do no harm`,
    },
  ]
}

function faultsOf(of: Of, pattern: Json): readonly Finding[] {
  return isJsonObject(pattern) ? checkMatchers(pattern) : [malformed(`code, message, line or column of an expected ${of.noun}`, pattern)]
}

/** Field by field, so that a pattern is never taken for a matcher. */
function matchesPattern(pattern: Json, diagnostic: Diagnostic): boolean {
  const fields: JsonObject = diagnostic
  return isJsonObject(pattern) && Object.entries(pattern).every(([field, value]) => value === undefined || meetsValue(value, fields[field]))
}

function missing(of: Of, pattern: Json, index: number, actual: readonly Diagnostic[]): Finding {
  return {
    code: `${of.noun.toUpperCase()}_MISSING`,
    message: `${of.subject} has no ${of.noun} with ${describePattern(pattern)}${actual.length === 0 ? '' : ' (or not enough of them)'}`,
    expected: carried(pattern),
    at: [index],
    details: actual.length === 0 ? [`it has no ${of.noun} at all`] : lines(actual),
  }
}

function describePattern(pattern: Json): string {
  const fields = isJsonObject(pattern) ? Object.entries(pattern) : []
  return fields.flatMap(([field, value]) => (value === undefined ? [] : [`${field} ${describeMatcher(value)}`])).join(', ')
}

function lines(actual: readonly Diagnostic[]): readonly string[] {
  return actual.map(formatDiagnostic)
}
