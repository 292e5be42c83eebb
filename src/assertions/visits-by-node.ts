import type { Visit } from '../model/trace.ts'

/** The positions in the trace at which each node is visited, in the order of the first visits. */
export function visitsByNode(visits: readonly Visit[]): ReadonlyMap<string, readonly number[]> {
  const visited = new Map<string, number[]>()
  for (const { node, index } of visits) {
    const indices = visited.get(node)
    if (indices) indices.push(index)
    else visited.set(node, [index])
  }
  return visited
}
