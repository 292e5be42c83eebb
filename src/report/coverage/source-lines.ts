import type { BranchCoverage, FlowCoverage, NodeCoverage } from '../../flow/coverage/flow-coverage.ts'
import { timesOf } from '../../flow/coverage/seen.ts'

/** A line of a flow file, as coverage viewers count lines. */
export interface SourceLine {
  readonly line: number
  /** Visits of the nodes on this line; on a line with nothing but branches, how often these were taken. */
  readonly hits: number
  readonly branches: readonly BranchCoverage[]
}

/** The lines on which something stands that calls go through, in order. */
export function sourceLines({ nodes }: Pick<FlowCoverage, 'nodes'>): readonly SourceLine[] {
  const nodesAt = groupBy(nodes, ({ line }) => line)
  const branchesAt = groupBy(
    nodes.flatMap(({ branches }) => branches),
    ({ line }) => line,
  )
  const lines = [...new Set([...nodesAt.keys(), ...branchesAt.keys()])].sort((one, other) => one - other)
  return lines.map((line) => lineOf(line, nodesAt.get(line) ?? [], branchesAt.get(line) ?? []))
}

function lineOf(line: number, nodes: readonly NodeCoverage[], branches: readonly BranchCoverage[]): SourceLine {
  const seen = nodes.length > 0 ? nodes.map(({ visits }) => visits) : branches.map(({ taken }) => taken)
  return { line, hits: seen.reduce((sum, times) => sum + timesOf(times), 0), branches }
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => number): Map<number, Item[]> {
  const groups = new Map<number, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const known = groups.get(key)
    if (known) known.push(item)
    else groups.set(key, [item])
  }
  return groups
}
