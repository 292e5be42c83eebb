import { distance } from 'fastest-levenshtein'

/** Ids share long beginnings, so even of long ones no more letters may differ. */
const MOST_EDITS = 3

/** The candidate that differs from `text` by so few letters that it was probably meant; `undefined` where none is that near. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const mostEdits = Math.max(1, Math.min(MOST_EDITS, Math.floor(text.length / 4)))
  let best: { readonly candidate: string; readonly edits: number } | undefined
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) > mostEdits) continue
    const edits = distance(text, candidate)
    if (edits <= mostEdits && edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { candidate, edits }
  }
  return best?.candidate
}

/** Advice that asks for the nearest candidate, to be spread into a finding; empty where none is near or where it is `text` itself. */
export function didYouMean(text: string, candidates: Iterable<string>): { readonly advice?: string } {
  const meant = nearest(text, candidates)
  return meant === undefined || meant === text ? {} : { advice: `did you mean "${meant}"?` }
}
