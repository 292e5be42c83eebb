import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import { meetsValue } from './match-value.ts'
import { pathBounds } from './path-bounds.ts'

/** More visits of a node than this are a fault, where nothing else bounds it: a menu legally repeats for two retries. */
const USUAL_LIMIT = 3

const USUAL_COUNTS = Array.from({ length: USUAL_LIMIT + 1 }, (_none, count) => count)

/** What bounds the visits of a node. */
export interface LoopBound {
  /** The most visits that it may have; Infinity where `visits` judges it. */
  readonly limit: number
  /** True where the author speaks of this node's repetition, so that a repetition is meant. */
  readonly isMeant: boolean
  /** True where `loops` gives the limit. */
  readonly byLoops: boolean
}

/** A number of visits that no call reaches: an expectation that allows it bounds nothing. */
const BEYOND_ANY_CALL = 1_000_000_000

/**
 * What bounds each node, read from all that the author expects of a call: `loops` before `visits` before a `repeat` of `path`, and
 * {@link USUAL_LIMIT} for the rest. `loops: none` allows every node one visit.
 */
export function loopBounds(expect: JsonObject): (node: string) => LoopBound {
  const { loops, visits, path } = expect
  const inPath = pathBounds(path ?? [])
  return (node) => {
    if (loops === 'none') return { limit: 1, isMeant: false, byLoops: true }
    const named = expectedOf(loops, node)
    if (typeof named === 'number') return { limit: named, isMeant: true, byLoops: true }
    if (isBoundByVisits(expectedOf(visits, node))) return { limit: Number.POSITIVE_INFINITY, isMeant: true, byLoops: false }
    const { most, isRepeated } = inPath.get(node) ?? { most: 0, isRepeated: false }
    return { limit: Math.max(USUAL_LIMIT, most), isMeant: isRepeated, byLoops: false }
  }
}

function expectedOf(byNode: Json | undefined, node: string): Json | undefined {
  return isJsonObject(byNode) && Object.hasOwn(byNode, node) ? byNode[node] : undefined
}

/** A number of visits that has an upper end, or that asks for more than the usual limit, takes the node out of the rule. */
function isBoundByVisits(expected: Json | undefined): boolean {
  if (expected === undefined) return false
  const hasUpperEnd = !meetsValue(expected, BEYOND_ANY_CALL)
  const asksForMore = USUAL_COUNTS.every((count) => !meetsValue(expected, count))
  return hasUpperEnd || asksForMore
}
