import { createRequire } from 'node:module'

/** Tells whether a text holds what the pattern describes. */
export type TextTest = (text: string) => boolean

/** So many compiled patterns are kept; the one that was made first goes first. */
const MAX_KEPT = 500

const kept = new Map<string, TextTest | undefined>()

/**
 * A test for an RE2 pattern (found anywhere in the text; `^`, `$` and `(?i)` as usual), in time linear in the text's length;
 * `undefined` where the pattern is no RE2. The library is loaded on first use, since most runs have no pattern.
 */
export function textTest(pattern: string): TextTest | undefined {
  if (!kept.has(pattern)) keep(pattern, compiled(pattern))
  return kept.get(pattern)
}

function keep(pattern: string, test: TextTest | undefined): void {
  const oldest = kept.size >= MAX_KEPT ? kept.keys().next().value : undefined
  if (oldest !== undefined) kept.delete(oldest)
  kept.set(pattern, test)
}

function compiled(pattern: string): TextTest | undefined {
  const { RE2JS, RE2JSException } = library()
  try {
    const regularExpression = RE2JS.compile(pattern)
    return (text) => regularExpression.test(text)
  } catch (error) {
    if (error instanceof RE2JSException) return undefined
    throw error
  }
}

function library(): typeof import('re2js') {
  return createRequire(import.meta.url)('re2js')
}
