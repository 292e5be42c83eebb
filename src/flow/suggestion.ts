import { nearest } from '../model/nearest.ts'

/** How many names a message lists. */
const MOST_LISTED = 12

/** The end of a message about an unknown name: `; did you mean "node_exit"?`, or what there is, or nothing where there is nothing. */
export function suggestion(name: string, known: Iterable<string>): string {
  const names = [...known]
  const similar = nearest(name, names)
  if (similar !== undefined) return `; did you mean "${similar}"?`
  return names.length === 0 || names.length > MOST_LISTED ? '' : `; there is ${names.map((known) => `"${known}"`).join(', ')}`
}
