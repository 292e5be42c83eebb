import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'
import type { Trace } from '../model/trace.ts'
import { matchValue } from './match-value.ts'
import { recode } from './recode.ts'

/** Where the call was routed to, in order: the target of each visit that has one. */
export function routes(trace: Trace): readonly string[] {
  return trace.visits.flatMap((visit) => (visit.target === undefined ? [] : [visit.target]))
}

/**
 * Expects where the call is routed to: a target or a matcher for the last one, which is where the caller ends up; a list for all of
 * them in order, so that `[]` expects none.
 */
export function routedTo(expected: Json, trace: Trace): readonly Finding[] {
  const targets = routes(trace)
  const actual = Array.isArray(expected) ? targets : targets.at(-1)
  return recode('ROUTED_ELSEWHERE', matchValue(expected, actual, 'routedTo')).map((finding) => ({ ...finding, ...story(targets) }))
}

function story(targets: readonly string[]): Pick<Finding, 'details'> {
  if (targets.length === 0) return { details: ['the call was not routed anywhere'] }
  return targets.length === 1 ? {} : { details: [`the call was routed to ${targets.join(', then to ')}`] }
}
