/**
 * Gives each pattern an item of its own that fits it, and as many patterns as possible: the partner's index by pattern, or `undefined`.
 * A greedy choice would let a loose pattern take the only item of a strict one; augmenting paths (Kuhn's algorithm) do not.
 */
export function assign<Pattern, Item>(
  patterns: readonly Pattern[],
  items: readonly Item[],
  fits: (pattern: Pattern, item: Item) => boolean,
): readonly (number | undefined)[] {
  const fitting = patterns.map((pattern) => items.flatMap((item, index) => (fits(pattern, item) ? [index] : [])))
  const takenBy = new Map<number, number>()
  for (const start of patterns.keys()) augment(start, fitting, takenBy)
  const partners = new Array<number | undefined>(patterns.length).fill(undefined)
  for (const [item, pattern] of takenBy) partners[pattern] = item
  return partners
}

/** Finds the pattern an item, moving others on where needed. Breadth first and without recursion, so that long lists are harmless. */
function augment(start: number, fitting: readonly (readonly number[])[], takenBy: Map<number, number>): void {
  const reachedFrom = new Map<number, number>()
  const waiting = [start]
  for (const pattern of waiting) {
    for (const item of fitting[pattern] ?? []) {
      if (reachedFrom.has(item)) continue
      reachedFrom.set(item, pattern)
      const owner = takenBy.get(item)
      if (owner === undefined) {
        moveOn(item, { start, reachedFrom, takenBy })
        return
      }
      waiting.push(owner)
    }
  }
}

interface Search {
  readonly start: number
  readonly reachedFrom: ReadonlyMap<number, number>
  readonly takenBy: Map<number, number>
}

/** Walks back from a free item to the start: each pattern on the way takes the item by which it was passed. */
function moveOn(free: number, { start, reachedFrom, takenBy }: Search): void {
  let item: number | undefined = free
  while (item !== undefined) {
    const pattern: number | undefined = reachedFrom.get(item)
    if (pattern === undefined) return
    const given = pattern === start ? undefined : itemOf(pattern, takenBy)
    takenBy.set(item, pattern)
    item = given
  }
}

function itemOf(pattern: number, takenBy: ReadonlyMap<number, number>): number | undefined {
  for (const [item, owner] of takenBy) if (owner === pattern) return item
  return undefined
}
