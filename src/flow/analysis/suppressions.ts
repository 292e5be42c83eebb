import type { RuleId } from '../rule.ts'
import { isRule } from './rules.ts'

const COMMENT = /#\s*cxspec-ignore\s+([a-z-]+(?:\s*,\s*[a-z-]+)*)\s*(?::\s*(.*?))?\s*$/

/**
 * What an author allows: `# cxspec-ignore RULE, RULE: why` at the end of a line, or on a line of its own above it. Gives the reason (an
 * empty text where there is none) for a finding of that rule in that line; `undefined` where it is not allowed.
 */
export function readSuppressions(text: string): (rule: RuleId, line: number) => string | undefined {
  const allowed = new Map<string, string>()
  if (!text.includes('cxspec-ignore')) return () => undefined
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const [, names = '', reason = ''] = COMMENT.exec(line) ?? []
    const isAlone = /^\s*#/.test(line)
    for (const name of names.split(',').map((part) => part.trim())) {
      if (isRule(name)) allowed.set(`${name} ${index + 1 + (isAlone ? 1 : 0)}`, reason)
    }
  }
  return (rule, line) => allowed.get(`${rule} ${line}`)
}
