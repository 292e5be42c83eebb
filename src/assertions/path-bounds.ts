import { isJsonObject, type Json } from '../model/json.ts'

/** How often a path pattern names a node at most, and whether it does so in a `repeat`. */
export interface PathBound {
  readonly most: number
  readonly isRepeated: boolean
}

/** Deeper patterns are refused by the expectation of the path itself. */
const MAX_DEPTH = 64

/**
 * The nodes that a path pattern names, with the most visits that it allows each. `...` counts for nothing, and a `repeat` without
 * `max` for as much as its `min`: neither bounds anything.
 */
export function pathBounds(pattern: Json): ReadonlyMap<string, PathBound> {
  return boundsOf(pattern, false, MAX_DEPTH)
}

function boundsOf(part: Json, isRepeated: boolean, depth: number): ReadonlyMap<string, PathBound> {
  if (depth === 0 || part === '...') return new Map()
  if (typeof part === 'string') return new Map([[part, { most: 1, isRepeated }]])
  if (Array.isArray(part))
    return merge(
      part.map((item) => boundsOf(item, isRepeated, depth - 1)),
      (sum, more) => sum + more,
    )
  if (!isJsonObject(part)) return new Map()
  const { anyOf, optional, repeat, min, max } = part
  if (Array.isArray(anyOf))
    return merge(
      anyOf.map((item) => boundsOf(item, isRepeated, depth - 1)),
      Math.max,
    )
  if (optional !== undefined) return boundsOf(optional, isRepeated, depth - 1)
  if (repeat !== undefined)
    return times(boundsOf(repeat, true, depth - 1), typeof max === 'number' ? max : typeof min === 'number' ? min : 1)
  return new Map()
}

function merge(
  maps: readonly ReadonlyMap<string, PathBound>[],
  combine: (one: number, other: number) => number,
): ReadonlyMap<string, PathBound> {
  const merged = new Map<string, PathBound>()
  for (const [node, bound] of maps.flatMap((map) => [...map])) {
    const known = merged.get(node)
    merged.set(node, known ? { most: combine(known.most, bound.most), isRepeated: known.isRepeated || bound.isRepeated } : bound)
  }
  return merged
}

function times(bounds: ReadonlyMap<string, PathBound>, count: number): ReadonlyMap<string, PathBound> {
  return new Map([...bounds].map(([node, bound]) => [node, { ...bound, most: bound.most * count }]))
}
