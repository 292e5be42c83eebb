import { distance } from 'fastest-levenshtein'

/**
 * The known name that `name` was probably meant to be; `undefined` where none is near enough to suggest. Capitals do not count, and something
 * of the name must be left: one letter is never meant to be another. `mostEdits` is how many letters may differ (Levenshtein's distance).
 */
export function nearest(name: string, known: Iterable<string>, mostEdits = Math.max(2, Math.floor(name.length / 3))): string | undefined {
  const bound = Math.min(mostEdits, name.length - 1)
  const written = name.toLowerCase()
  let best: { readonly candidate: string; readonly edits: number } | undefined
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > bound) continue
    const edits = distance(written, candidate.toLowerCase())
    if (edits <= bound && edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { candidate, edits }
  }
  return best?.candidate
}
