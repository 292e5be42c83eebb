import { repeatedSegment } from '../../model/repeated-segment.ts'
import type { Visit } from '../../model/trace.ts'

/** A node may be visited so often (a menu and its retries) before it counts as a loop. */
const USUAL_VISITS = 3

/** A node that a call came back to again and again. Indices are zero-based positions in the trace. */
export interface LoopDetail {
  readonly nodeId: string
  readonly occurrences: number
  /** The nodes of one round; only the node itself where no way was gone twice in a row. */
  readonly loop_segment: readonly string[]
  readonly start_index: number
  readonly end_index: number
}

/**
 * Every node that is visited more than three times, in the order of their first visits, whatever the scenario allows. Facts and no
 * verdict: what a scenario or a counter bounds is a loop as well.
 */
export function loopDetails(visits: readonly Visit[]): LoopDetail[] {
  const path = visits.map(({ node }) => node)
  const visited = new Map<string, number[]>()
  for (const [index, node] of path.entries()) {
    const indices = visited.get(node)
    if (indices) indices.push(index)
    else visited.set(node, [index])
  }
  return [...visited].flatMap(([nodeId, indices]) => (indices.length > USUAL_VISITS ? [detail(nodeId, path, indices)] : []))
}

function detail(nodeId: string, path: readonly string[], indices: readonly number[]): LoopDetail {
  const segment = repeatedSegment(path, indices)
  return {
    nodeId,
    occurrences: indices.length,
    loop_segment: segment?.nodes ?? [nodeId],
    start_index: segment?.startIndex ?? indices[0] ?? 0,
    end_index: segment?.endIndex ?? indices.at(-1) ?? 0,
  }
}
