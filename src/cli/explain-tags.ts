import { nearest } from '../model/nearest.ts'

/** More tags than these help nobody. */
const MOST_TAGS = 20

/** Why an expression selects nothing, for who mistyped a tag: the nearest known ones, and which there are. */
export function explainTags(expression: string, known: ReadonlySet<string>): string {
  const meant = wordsOf(expression)
    .filter((word) => !known.has(word))
    .flatMap((word) => nearest(word, known) ?? [])
  const advice = meant.length === 0 ? '' : `; did you mean ${[...new Set(meant)].join(', ')}?`
  return `--tag ${expression} selects no scenario; ${listed([...known].toSorted())}${advice}`
}

function wordsOf(expression: string): string[] {
  return expression.split(/[\s()]+/).filter((word) => !['', 'and', 'or', 'not'].includes(word))
}

function listed(tags: readonly string[]): string {
  if (tags.length === 0) return 'no scenario has tags'
  const rest = tags.length - MOST_TAGS
  return `the tags that there are: ${tags.slice(0, MOST_TAGS).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
