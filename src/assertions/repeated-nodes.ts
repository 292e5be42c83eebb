import type { Finding } from '../model/finding.ts'
import type { Json, JsonObject } from '../model/json.ts'
import { type RepeatedSegment, repeatedSegment } from '../model/repeated-segment.ts'
import type { Trace } from '../model/trace.ts'
import type { VisitBounds } from '../model/visit-bounds.ts'
import { boundsWithFlow } from './bounds-with-flow.ts'
import { type LoopBound, loopBounds } from './loop-bounds.ts'
import type { LoopFinding } from './loop-finding.ts'
import { counted, listed } from './show.ts'
import { isCounted, loopVisits } from './visible-counter.ts'
import { visitsByNode } from './visits-by-node.ts'

/** More findings than these say nothing more. */
const MAX_FINDINGS = 10

const SHOWN_NODES = 8

/** A node that was visited too often. */
interface Repeated {
  readonly node: string
  readonly visited: readonly number[]
  readonly bound: LoopBound
}

/**
 * Nodes that are visited more often than the author's expectations allow ({@link loopBounds}) and the flow itself, where it is known,
 * unless a counter in the trace bounds them. Nodes that go round together make one finding, with the segment that repeats and its first and last visit.
 */
export function repeatedNodes(expect: JsonObject, trace: Trace, flow?: VisitBounds): readonly LoopFinding[] {
  const boundOf = flow ? boundsWithFlow(expect, trace, flow) : loopBounds(expect)
  const loops = loopVisits(trace)
  let left: readonly Repeated[] = [...visitsByNode(trace.visits)]
    .map(([node, visited]) => ({ node, visited, bound: boundOf(node) }))
    .filter(({ visited, bound }) => visited.length > bound.limit && (bound.byLoops || !isCounted(visited, loops)))
  const path = trace.visits.map((visit) => visit.node)
  const findings: LoopFinding[] = []
  for (let [first] = left; first !== undefined && findings.length < MAX_FINDINGS; [first] = left) {
    const { node, visited } = first
    const segment = repeatedSegment(path, visited)
    const together = new Set([node, ...(segment?.nodes ?? [])])
    const others = left.filter((other) => other.node !== node && together.has(other.node))
    findings.push({ nodes: together, finding: finding(first, segment, others, flow?.why(node)) })
    left = left.filter((other) => !together.has(other.node))
  }
  return findings
}

function finding(
  { node, visited, bound }: Repeated,
  segment: RepeatedSegment | undefined,
  others: readonly Repeated[],
  why?: string,
): Finding {
  const names = others.slice(0, SHOWN_NODES).map((other) => `"${other.node}" (${other.visited.length})`)
  const along = names.length === 0 ? '' : `; with it ${listed(names, 'and')}`
  return {
    code: 'NODE_REPEATED_TOO_OFTEN',
    message: `"${node}" was visited ${counted(visited.length, 'time')}, more than ${bound.limit}: ${way(visited, segment)}${along}`,
    expected: bound.limit,
    actual: figures(visited, segment),
    at: bound.byLoops ? ['loops'] : [],
    ...(why === undefined ? {} : { details: [`the flow goes ${why}`] }),
    advice: `where this is meant, bound it: loops: { ${node}: ${visited.length} }`,
  }
}

function way(visited: readonly number[], segment: RepeatedSegment | undefined): string {
  if (segment === undefined)
    return `at visits ${listed(
      visited.slice(0, 12).map((index) => String(index + 1)),
      'and',
    )}`
  const nodes = segment.nodes.length > SHOWN_NODES ? [...segment.nodes.slice(0, SHOWN_NODES), '…'] : segment.nodes
  return `visits ${segment.startIndex + 1} to ${segment.endIndex + 1} repeat ${nodes.join(' → ')} ${counted(segment.times, 'time')}`
}

function figures(visited: readonly number[], segment: RepeatedSegment | undefined): Json {
  if (segment === undefined) return { visits: visited.length }
  const { nodes, startIndex, endIndex, times } = segment
  return { visits: visited.length, segment: nodes.slice(0, 50), startIndex, endIndex, times }
}
