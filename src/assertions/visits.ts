import type { Finding } from '../model/finding.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import type { Trace } from '../model/trace.ts'
import { describeMatcher } from './describe-matcher.ts'
import { malformed } from './malformed.ts'
import { matchValue } from './match-value.ts'
import { didYouMean } from './nearest-id.ts'
import { below } from './recode.ts'
import { carried, counted } from './show.ts'

/** How often each node was visited. */
function countVisits(trace: Trace): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { node } of trace.visits) counts.set(node, (counts.get(node) ?? 0) + 1)
  return counts
}

/** Expects how often nodes are visited: a number or a matcher for each node; a list of nodes expects at least one visit of each. */
export function visits(expected: Json, trace: Trace): readonly Finding[] {
  const counts = countVisits(trace)
  if (Array.isArray(expected)) return expected.flatMap((node, index) => below(index, atLeastOnce(node, counts)))
  if (!isJsonObject(expected)) return [malformed('nodes with their numbers of visits, or a list of nodes', expected)]
  return Object.entries(expected).flatMap(([node, count]) => (count === undefined ? [] : below(node, countOf(node, count, counts))))
}

function atLeastOnce(node: Json, counts: ReadonlyMap<string, number>): readonly Finding[] {
  if (typeof node !== 'string') return [malformed('the id of a node', node)]
  return counts.has(node) ? [] : [notVisited(node, counts, { gte: 1 })]
}

function countOf(node: string, expected: Json, counts: ReadonlyMap<string, number>): readonly Finding[] {
  const actual = counts.get(node) ?? 0
  const findings = matchValue(expected, actual, 'visits')
  const [first] = findings
  if (first === undefined || first.code !== 'VALUE_DIFFERS') return findings
  if (actual === 0) return [notVisited(node, counts, expected)]
  const message = `"${node}" was visited ${times(actual)}, expected ${describeMatcher(expected)}`
  return [{ code: 'VISIT_COUNT_DIFFERS', message, expected: carried(expected), actual }]
}

function notVisited(node: string, counts: ReadonlyMap<string, number>, expected: Json): Finding {
  return {
    code: 'NODE_NOT_VISITED',
    message: `"${node}" was never visited, expected ${typeof expected === 'number' ? counted(expected, 'visit') : describeMatcher(expected)}`,
    expected: carried(expected),
    actual: 0,
    ...didYouMean(node, counts.keys()),
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : counted(count, 'time')
}
