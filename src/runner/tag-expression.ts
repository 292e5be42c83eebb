import { type Node, parse } from '@cucumber/tag-expressions'
import type { Reading } from '../model/reading.ts'
import type { Scenario } from '../model/suite.ts'

/** Tells whether a scenario's tags fulfil an expression of tags, `and`, `or`, `not` and parentheses. A tag may be written as `@tag`. */
export function tagExpression(tag: string): Reading<(scenario: Scenario) => boolean> {
  if (tag.trim() === '') return refuse(tag, 'it is empty')
  try {
    const expression: Node = parse(tag)
    return { value: ({ tags }) => expression.evaluate([...tags, ...tags.map((name) => `@${name}`)]) }
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*because of syntax error: /s, '') : String(error)
    return refuse(tag, why)
  }
}

function refuse(tag: string, why: string): Reading<never> {
  const message = `--tag '${tag}': this is no expression of tags: ${why}`
  const advice = "write it in one argument, e.g. --tag 'smoke and not slow', or --tag '(ivr or dialer) and nightly'"
  return { faults: [{ code: 'BAD_TAG_EXPRESSION', message, expected: 'tags joined by and, or, not, in lower case', advice }] }
}
