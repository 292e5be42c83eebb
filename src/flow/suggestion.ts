import { nearest } from '../model/nearest.ts'

/** How many names a message lists. */
const MOST_LISTED = 12

/** How many names are compared: a generated flow may have thousands of nodes, and as many mistakes. */
const MOST_COMPARED = 500

/** The end of a message about an unknown name: `; did you mean "node_exit"?`, or what there is, or nothing where there is nothing. */
export function suggestion(name: string, known: Iterable<string>): string {
  const names = [...known]
  if (names.length > MOST_COMPARED) return ''
  const similar = nearest(name, names)
  if (similar !== undefined) return `; did you mean "${similar}"?`
  return names.length === 0 || names.length > MOST_LISTED ? '' : `; there is ${names.map((known) => `"${known}"`).join(', ')}`
}
