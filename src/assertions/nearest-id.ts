import { nearest } from '../model/nearest.ts'

/** Ids share long beginnings, so even of long ones no more letters may differ. */
const MOST_EDITS = 3

/** The id that differs from `text` by so few letters that it was probably meant; `undefined` where none is that near. */
export function nearestId(text: string, ids: Iterable<string>): string | undefined {
  return nearest(text, ids, Math.max(1, Math.min(MOST_EDITS, Math.floor(text.length / 4))))
}

/** Advice that asks for the nearest id, to be spread into a finding; empty where none is near or where it is `text` itself. */
export function didYouMean(text: string, ids: Iterable<string>): { readonly advice?: string } {
  const meant = nearestId(text, ids)
  return meant === undefined || meant === text ? {} : { advice: `did you mean "${meant}"?` }
}
