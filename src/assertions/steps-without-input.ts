import type { JsonObject } from '../model/json.ts'
import { repeatedSegment } from '../model/repeated-segment.ts'
import type { Trace, Visit } from '../model/trace.ts'
import { loopBounds } from './loop-bounds.ts'
import type { LoopFinding } from './loop-finding.ts'
import { counted } from './show.ts'
import { takesSomethingIn } from './takes-something-in.ts'
import { visitsByNode } from './visits-by-node.ts'

const SHOWN_NODES = 8

/**
 * Stretches of a call in which nothing comes in from the caller or from anywhere else, and that visit a node more often than it may be:
 * nobody asked for that. Known only where the target tells types. One finding for each stretch that leads to a node which is not `told`.
 */
export function stepsWithoutInput(expect: JsonObject, trace: Trace, told: ReadonlySet<string> = new Set()): readonly LoopFinding[] {
  const boundOf = loopBounds(expect)
  const path = trace.visits.map(({ node }) => node)
  return stretchesOf(trace.visits).flatMap((stretch) => {
    const over = [...visitsByNode(stretch)].filter(([node, visited]) => visited.length > boundOf(node).limit)
    const first = over.find(([node]) => !told.has(node))
    return first ? [describe(first, { over, stretch, path, limit: boundOf(first[0]).limit })] : []
  })
}

/** The visits between those at which something may come in. */
function stretchesOf(visits: readonly Visit[]): readonly (readonly Visit[])[] {
  const stretches: Visit[][] = [[]]
  for (const visit of visits) {
    if (takesSomethingIn(visit)) stretches.push([])
    else stretches.at(-1)?.push(visit)
  }
  return stretches
}

type Visited = readonly [node: string, visited: readonly number[]]

interface Surroundings {
  readonly over: readonly Visited[]
  readonly stretch: readonly Visit[]
  readonly path: readonly string[]
  readonly limit: number
}

function describe([node, visited]: Visited, { over, stretch, path, limit }: Surroundings): LoopFinding {
  const [start, end] = [stretch[0]?.index ?? 0, stretch.at(-1)?.index ?? 0]
  const round = repeatedSegment(path, visited)?.nodes ?? path.slice(visited[0], (visited[1] ?? 0) + 1)
  const shown = round.length > SHOWN_NODES ? [...round.slice(0, SHOWN_NODES), '…'] : round
  return {
    nodes: new Set([...round, ...over.map(([name]) => name)]),
    finding: {
      code: 'LOOP_WITHOUT_INPUT',
      message: `"${node}" was visited ${counted(visited.length, 'time')}, more than ${limit}, and nothing came from the caller in between: ${counted(stretch.length, 'step')} without input, visits ${start + 1} to ${end + 1}, with ${shown.join(' → ')} again and again`,
      expected: limit,
      actual: { visits: visited.length, segment: round.slice(0, 50), startIndex: start, endIndex: end },
      at: [],
      advice: `let something on this way wait for the caller, or, where this is meant, bound it: loops: { ${node}: ${visited.length} }`,
    },
  }
}
