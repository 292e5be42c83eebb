/** Nodes that a call visits again and again without anything in between. */
export interface RepeatedSegment {
  readonly nodes: readonly string[]
  /** Index of the first visit. */
  readonly startIndex: number
  /** Index of the last visit, included. */
  readonly endIndex: number
  /** How often the nodes are visited, one after the other. */
  readonly times: number
}

/**
 * The longest stretch in which a call goes the same way from one visit of a node to its next; `undefined` where no way is gone twice in
 * a row. `visited` are the indices of the node's visits in `path`, of which there are at least two.
 */
export function repeatedSegment(path: readonly string[], visited: readonly number[]): RepeatedSegment | undefined {
  let best: RepeatedSegment | undefined
  for (let first = 0; first + 1 < visited.length; ) {
    const segment = segmentFrom(path, visited, first)
    if (segment.times > (best?.times ?? 1)) best = segment
    first += Math.max(1, segment.times - 1)
  }
  return best
}

function segmentFrom(path: readonly string[], visited: readonly number[], first: number): RepeatedSegment {
  const startIndex = visited[first] ?? 0
  const period = (visited[first + 1] ?? startIndex + 1) - startIndex
  let times = 1
  while (isRound(path, { startIndex, period, times })) times += 1
  return { nodes: path.slice(startIndex, startIndex + period), startIndex, endIndex: startIndex + period * times - 1, times }
}

/** Whether one more round follows. */
function isRound(path: readonly string[], { startIndex, period, times }: { startIndex: number; period: number; times: number }): boolean {
  const round = startIndex + period * times
  for (let offset = 0; offset < period; offset += 1) {
    if (round + offset >= path.length || path[round + offset] !== path[startIndex + offset]) return false
  }
  return true
}
