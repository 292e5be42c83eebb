import type { Finding } from '../model/finding.ts'
import type { Json, JsonObject } from '../model/json.ts'
import { isMatcher } from './matchers.ts'
import type { ValueMatcher } from './shapes.ts'
import { carried, listed, show } from './show.ts'
import { formatValuePath, toPointer, type ValuePath } from './value-path.ts'

/** Whether objects may have further keys (`subset`), and whether matchers are read (`literal`: they are not). */
type Mode = 'subset' | 'exact' | 'literal'

/** One comparison that is still to be made. */
export interface Comparison {
  readonly expected: ValueMatcher
  readonly actual: Json | undefined
  readonly mode: Mode
  /** What the whole value is called. */
  readonly subject: string
  /** Where the actual value stands in it. */
  readonly path: ValuePath | undefined
  /** Where the expected value stands below what the author wrote. */
  readonly at: ValuePath | undefined
}

/** What there is to say of a value that is not as expected; `words` say what was expected. */
export function differs(comparison: Comparison, words: string): Finding {
  const { expected, actual, at } = comparison
  return {
    code: actual === undefined ? 'VALUE_ABSENT' : 'VALUE_DIFFERS',
    message: `${nameOf(comparison)} is ${show(actual)}, expected ${words}`,
    expected: carried(expected),
    ...(actual === undefined ? {} : { actual: carried(actual) }),
    at: toPointer(at),
    ...advice(expected, actual),
  }
}

/** What there is to say of an object that has other keys beside the expected ones; nothing where it has none. */
export function hasMore(comparison: Comparison, expected: JsonObject, actual: JsonObject): readonly Finding[] {
  const keys = Object.keys(actual).filter((key) => !Object.hasOwn(expected, key))
  if (keys.length === 0) return []
  const shown = listed(
    keys.slice(0, 10).map((key) => show(key)),
    'and',
  )
  return [
    {
      code: 'VALUE_HAS_MORE',
      message: `${nameOf(comparison)} has more than expected: ${shown}`,
      expected: carried(expected),
      actual: carried(actual),
      at: toPointer(comparison.at),
    },
  ]
}

function nameOf({ subject, path }: Comparison): string {
  return `${subject}${formatValuePath(path)}`
}

/** Text and number are easily mixed up, in YAML above all. */
function advice(expected: Json, actual: Json | undefined): { readonly advice?: string } {
  if (typeof actual === 'string' && typeof expected === 'number' && actual === String(expected)) {
    return { advice: `the call has a text here: write ${show(actual)}, in quotes` }
  }
  if (typeof expected === 'string' && typeof actual === 'number' && expected === String(actual)) {
    return { advice: `the call has a number here: write ${actual}, without quotes` }
  }
  if (typeof actual === 'string' && isMatcher(expected) && Object.keys(expected).some((name) => /^[gl]te?$/.test(name))) {
    return { advice: 'numbers are compared with numbers only, and this is a text' }
  }
  return {}
}
