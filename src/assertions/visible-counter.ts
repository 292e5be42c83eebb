import type { Json } from '../model/json.ts'
import type { Trace, Visit } from '../model/trace.ts'

/** The visits of nodes of type `Loop`, which are those that can count. */
export function loopVisits(trace: Trace): readonly Visit[] {
  return trace.visits.filter((visit) => visit.type?.toLowerCase() === 'loop')
}

/**
 * Whether the trace itself shows what bounds the visits of a node: from each of them to the next the call passes one and the same node
 * of type `Loop`, and a whole number among the variables there grows every time. Where the counter starts over, or the target tells no
 * variables, nothing is proven. `visited` are the indices of the node's visits, `loops` the {@link loopVisits} of the call.
 */
export function isCounted(visited: readonly number[], loops: readonly Visit[]): boolean {
  const gaps = loopsBetween(visited, loops)
  const [firstGap = []] = gaps
  const nodes = [...new Set(firstGap.map((loop) => loop.node))]
  return nodes.some((node) => {
    const passes = gaps.map((gap) => gap.find((visit) => visit.node === node))
    return passes.every((visit) => visit !== undefined) && hasGrowingCounter(passes)
  })
}

/** For each visit but the last: the Loop visits from it, included, up to the next. */
function loopsBetween(visited: readonly number[], loops: readonly Visit[]): readonly (readonly Visit[])[] {
  let position = 0
  return visited.slice(1).map((end, index) => {
    while ((loops[position]?.index ?? end) < (visited[index] ?? 0)) position += 1
    const start = position
    while ((loops[position]?.index ?? end) < end) position += 1
    return loops.slice(start, position)
  })
}

function hasGrowingCounter(passes: readonly Visit[]): boolean {
  const names = Object.keys(passes[0]?.variables ?? {})
  return names.some((name) => isGrowing(passes.map((visit) => wholeNumber(visit.variables?.[name]))))
}

function isGrowing(counts: readonly (number | undefined)[]): boolean {
  return counts.every((count, index) => {
    const before = counts[index - 1]
    return count !== undefined && (index === 0 || (before !== undefined && count > before))
  })
}

/** Some targets tell all variables as text. */
function wholeNumber(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined
}
