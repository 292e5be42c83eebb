import { USUAL_MAX_LOOPS } from '../execute.ts'
import type { SearchState } from './search-state.ts'

/** Shorter stretches without input are not looked at. */
const FIRST_LOOK = 64

/**
 * Whether a call came to its node so often, without anything from the caller in between, that the interpreter would break it off. Looked
 * at only when a stretch has doubled in length, so that it costs no more than the stretch itself.
 */
export function goesRound({ node, idleSteps, via }: SearchState): boolean {
  if (idleSteps < FIRST_LOOK || !isPowerOfTwo(idleSteps)) return false
  let visits = 0
  let move = via
  for (let left = idleSteps; move && left > 0; move = move.from.via) {
    if (!move.visit) continue
    left -= 1
    if (move.from.node === node) visits += 1
  }
  return visits >= USUAL_MAX_LOOPS
}

function isPowerOfTwo(number: number): boolean {
  return Number.isInteger(Math.log2(number))
}
