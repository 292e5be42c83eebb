import { timesOf } from '../../flow/coverage/seen.ts'
import type { Coverage, CoveredFlow } from './coverage.ts'
import { type SourceLine, sourceLines } from './source-lines.ts'

/**
 * The coverage as LCOV tracefile, for editors and services that show it beside the lines of flow files: nodes are functions, each line
 * with a node or a branch on it is a line. Only the current edition of each flow, since the lines are those of its file.
 *
 * ```
 * TN:
 * SF:scenarios/flows/main-menu.flow.yaml
 * FN:24,node_menu_1
 * FNDA:3,node_menu_1
 * BRDA:30,4,0,2
 * DA:24,3
 * end_of_record
 * ```
 * Format: the manual page of geninfo, section "Files".
 */
export function* lcov(coverage: Coverage, pathOf: (flow: CoveredFlow) => string): Generator<string> {
  for (const flow of coverage.flows.filter(({ isCurrent }) => isCurrent)) yield `${record(flow, pathOf(flow)).join('\n')}\n`
}

function record(flow: CoveredFlow, path: string): string[] {
  const { nodes, shares } = flow
  const lines = sourceLines(flow)
  const blocks = new Map(nodes.map(({ node }, index) => [node, index]))
  return [
    'TN:',
    `SF:${oneLine(path)}`,
    ...nodes.map(({ line, node }) => `FN:${line},${oneLine(node)}`),
    ...nodes.map(({ visits, node }) => `FNDA:${timesOf(visits)},${oneLine(node)}`),
    `FNF:${shares.nodes.total}`,
    `FNH:${shares.nodes.covered}`,
    ...nodes.flatMap(({ node, visits, branches }) =>
      branches.map(({ line, taken }, index) => `BRDA:${line},${blocks.get(node)},${index},${timesOf(visits) === 0 ? '-' : timesOf(taken)}`),
    ),
    `BRF:${shares.branches.total}`,
    `BRH:${shares.branches.covered}`,
    ...lines.map(({ line, hits }) => `DA:${line},${hits}`),
    `LF:${lines.length}`,
    `LH:${lines.filter(isHit).length}`,
    'end_of_record',
  ]
}

function isHit({ hits }: SourceLine): boolean {
  return hits > 0
}

/** A name with a line end in it would end its entry. */
function oneLine(name: string): string {
  return name.replace(/[\r\n]+/g, ' ')
}
