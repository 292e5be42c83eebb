import { closest, distance } from 'fastest-levenshtein'

/** The known name that `name` was probably meant to be; `undefined` where none is near enough to suggest. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const candidate = closest(name.toLowerCase(), [...known])
  return distance(name.toLowerCase(), candidate.toLowerCase()) <= Math.max(2, Math.floor(name.length / 3)) ? candidate : undefined
}
