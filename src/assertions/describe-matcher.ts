import type { Json } from '../model/json.ts'
import { isMatcher, matchers } from './matchers.ts'
import { show } from './show.ts'

/** Matchers inside matchers are put into words down to here; below, they are shown as they were written. */
const MAX_DEPTH = 4

/** What a matcher or a plain value expects, in words that follow "expected": `"1"`, `at least 5 and at most 9`, `anything but "2"`. */
export function describeMatcher(expected: Json, depth = MAX_DEPTH): string {
  if (depth === 0 || !isMatcher(expected)) return show(expected)
  return Object.entries(expected)
    .flatMap(([name, argument]) => (argument === undefined ? [] : [describeOne(name, argument, depth)]))
    .join(' and ')
}

function describeOne(name: string, argument: Json, depth: number): string {
  const deeper = (inner: Json): string => describeMatcher(inner, depth - 1)
  if (name === 'length') return `a length of ${deeper(argument)}`
  if (name === 'equals' || name === 'exactly') return `exactly ${show(argument)}`
  return matchers[name]?.describe(argument, deeper) ?? show(argument)
}
