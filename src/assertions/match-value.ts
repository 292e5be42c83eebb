import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { checkMatchers } from './check-matchers.ts'
import { describeMatcher } from './describe-matcher.ts'
import { isMatcher, matchers } from './matchers.ts'
import type { ValueMatcher } from './shapes.ts'
import { counted, show } from './show.ts'
import { type Comparison, differs, hasMore } from './value-finding.ts'
import type { ValuePath } from './value-path.ts'

/** More findings than these say nothing more. */
const MAX_FINDINGS = 20

/**
 * Compares a value with a plain value or matchers ({@link ValueMatcher}). `subject` names the value in messages, e.g. `variables.balance`.
 * The findings' `at` leads to the part of `expected` that is unmet. Works without recursion along the values, so that their depth is harmless.
 */
export function matchValue(expected: ValueMatcher, actual: Json | undefined, subject: string): readonly Finding[] {
  const faults = checkMatchers(expected)
  if (faults.length > 0) return faults
  return compareAll({ expected, actual, mode: 'subset', subject, path: undefined, at: undefined })
}

/** True where {@link matchValue} has nothing to say. */
export function meetsValue(expected: ValueMatcher, actual: Json | undefined): boolean {
  return matchValue(expected, actual, '').length === 0
}

function meets(expected: ValueMatcher, actual: Json | undefined): boolean {
  return compareAll({ expected, actual, mode: 'subset', subject: '', path: undefined, at: undefined }, 1).length === 0
}

function compareAll(root: Comparison, atMost = MAX_FINDINGS): readonly Finding[] {
  const findings: Finding[] = []
  const waiting: Comparison[] = [root]
  for (let next = waiting.pop(); next !== undefined && findings.length < atMost; next = waiting.pop()) {
    const { unmet, further } = compare(next)
    findings.push(...unmet)
    for (let index = further.length - 1; index >= 0; index -= 1) push(waiting, further[index])
  }
  return findings
}

function push(waiting: Comparison[], comparison: Comparison | undefined): void {
  if (comparison !== undefined) waiting.push(comparison)
}

interface Compared {
  readonly unmet: readonly Finding[]
  readonly further: readonly Comparison[]
}

const MET: Compared = { unmet: [], further: [] }

function compare(comparison: Comparison): Compared {
  const { expected, actual, mode } = comparison
  if (mode !== 'literal' && isMatcher(expected)) return compareMatchers(expected, comparison)
  if (Array.isArray(expected)) return compareLists(expected, comparison)
  if (isJsonObject(expected)) return compareObjects(expected, comparison)
  return actual === expected ? MET : unmet(comparison, show(expected))
}

function compareMatchers(expected: JsonObject, comparison: Comparison): Compared {
  const given = Object.entries(expected).flatMap(([name, argument]) =>
    argument === undefined ? [] : [compareMatcher(name, argument, comparison)],
  )
  return { unmet: given.flatMap((each) => each.unmet), further: given.flatMap((each) => each.further) }
}

function compareMatcher(name: string, argument: Json, comparison: Comparison): Compared {
  const at = { above: comparison.at, key: name }
  const matcher = matchers[name]
  if (matcher !== undefined) {
    return matcher.test(argument, comparison.actual, meets)
      ? MET
      : unmet({ ...comparison, at }, matcher.describe(argument, describeMatcher))
  }
  if (name === 'length') return compareLength(argument, comparison, at)
  return { unmet: [], further: [{ ...comparison, expected: argument, mode: name === 'equals' ? 'literal' : 'exact', at }] }
}

function compareLength(argument: Json, comparison: Comparison, at: ValuePath): Compared {
  const length = lengthOf(comparison.actual)
  if (length === undefined) return unmet({ ...comparison, at }, `a length of ${describeMatcher(argument)}`)
  const path = { above: comparison.path, key: 'length' }
  return { unmet: [], further: [{ ...comparison, expected: argument, actual: length, mode: 'subset', path, at }] }
}

/** Characters of a text, items of a list, keys of an object. */
function lengthOf(value: Json | undefined): number | undefined {
  if (typeof value === 'string') return [...value].length
  if (Array.isArray(value)) return value.length
  return isJsonObject(value) ? Object.keys(value).length : undefined
}

function compareLists(expected: readonly Json[], comparison: Comparison): Compared {
  const { actual, path, at } = comparison
  if (!Array.isArray(actual)) return unmet(comparison, show(expected))
  if (actual.length !== expected.length) return unmet(comparison, `${show(expected)} with ${counted(expected.length, 'item')}`)
  const further = expected.map((item, key) => ({
    ...comparison,
    expected: item,
    actual: actual[key],
    path: { above: path, key },
    at: { above: at, key },
  }))
  return { unmet: [], further }
}

function compareObjects(expected: JsonObject, comparison: Comparison): Compared {
  const { actual, mode, path, at } = comparison
  if (!isJsonObject(actual)) return unmet(comparison, show(expected))
  const further = Object.entries(expected).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [{ ...comparison, expected: value, actual: own(actual, key), path: { above: path, key }, at: { above: at, key } }],
  )
  return { unmet: mode === 'subset' ? [] : hasMore(comparison, expected, actual), further }
}

/** The value of a key of the object itself, so that `constructor` and its like are absent unless they were sent. */
function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function unmet(comparison: Comparison, words: string): Compared {
  return { unmet: [differs(comparison, words)], further: [] }
}
