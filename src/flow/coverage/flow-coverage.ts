import type { Branch, FlowNode } from '../flow.ts'
import { nodeTypes } from '../node-types.ts'
import { usesOf } from '../uses.ts'
import type { FlowEdition } from './edition.ts'
import { branchKey, entryKey, exitKey, type FlowTally, nodeKey, pairKey, subFlowKey } from './flow-tally.ts'
import { type Metric, NOTHING, type Share } from './metric.ts'
import { isCovered, type Seen } from './seen.ts'
import { mayEnd } from './walk-trace.ts'

/** What calls went through in one edition of a flow, and what not. */
export interface FlowCoverage {
  readonly edition: FlowEdition
  /** How many calls came in from outside, or from another flow. */
  readonly calls: { readonly passed: number; readonly failed: number }
  /** In the order of the definition. */
  readonly nodes: readonly NodeCoverage[]
  readonly entries: readonly EntryCoverage[]
  readonly exits: readonly EndCoverage[]
  readonly subFlows: readonly SubFlowCoverage[]
  /** Made as they are asked for: there may be many. */
  readonly pairs: () => Iterable<PairCoverage>
  readonly shares: Readonly<Record<Metric, Share>>
}

export interface NodeCoverage {
  readonly node: string
  readonly type: string
  readonly line: number
  readonly visits: Seen
  readonly branches: readonly BranchCoverage[]
}

export interface BranchCoverage {
  readonly node: string
  readonly label: string
  readonly to: string
  readonly line: number
  readonly taken: Seen
}

/** A branch, and one behind it. */
interface PairCoverage {
  readonly first: { readonly node: string; readonly label: string }
  readonly second: { readonly node: string; readonly label: string }
  readonly taken: Seen
}

interface EntryCoverage {
  readonly name: string
  readonly node: string
  readonly line: number
  readonly taken: Seen
}

/** A node at which the flow may end. */
interface EndCoverage {
  readonly node: string
  readonly line: number
  readonly taken: Seen
}

/** A node that calls another flow, or goes on in it. */
interface SubFlowCoverage extends EndCoverage {
  readonly flowId: string
}

/** Holds what was counted against all that there is. */
export function coverageOf(edition: FlowEdition, tally: FlowTally): FlowCoverage {
  const { flow, lines } = edition
  const steps = [...flow.nodes.values()].filter(({ type }) => nodeTypes.get(type)?.executable !== false)
  const lineOf = (node: string): number => lines[node]?.line ?? 1
  const nodes = steps.map(
    (node): NodeCoverage => ({
      node: node.id,
      type: node.type,
      line: lineOf(node.id),
      visits: tally.of(nodeKey(node.id)),
      branches: [...node.branches.values()].map(({ label, to }) => ({
        node: node.id,
        label,
        to,
        line: lines[node.id]?.branches[label] ?? lineOf(node.id),
        taken: tally.of(branchKey(node.id, label)),
      })),
    }),
  )
  const entries = [...flow.entries].map(([name, node]) => ({ name, node, line: lineOf(node), taken: tally.of(entryKey(name)) }))
  const exits = steps.filter(mayEnd).map(({ id }) => ({ node: id, line: lineOf(id), taken: tally.of(exitKey(id)) }))
  const subFlows = steps.flatMap((node): SubFlowCoverage[] => {
    const flowId = usesOf(node).flow?.flowId
    return flowId === undefined ? [] : [{ node: node.id, flowId, line: lineOf(node.id), taken: tally.of(subFlowKey(node.id)) }]
  })
  const pairs = (): Iterable<PairCoverage> => pairsOf(steps, flow.nodes, tally)
  return {
    edition,
    calls: tally.calls,
    nodes,
    entries,
    exits,
    subFlows,
    pairs,
    shares: {
      nodes: shareOf(nodes.map(({ visits }) => visits)),
      branches: shareOf(nodes.flatMap(({ branches }) => branches.map(({ taken }) => taken))),
      pairs: shareOf(takenOf(pairs())),
      entries: shareOf(takenOf(entries)),
      exits: shareOf(takenOf(exits)),
      subFlows: shareOf(takenOf(subFlows)),
    },
  }
}

/** Each branch with each branch of the node to which it leads. */
function* pairsOf(steps: readonly FlowNode[], nodes: ReadonlyMap<string, FlowNode>, tally: FlowTally): Generator<PairCoverage> {
  for (const first of steps.flatMap(({ branches }) => [...branches.values()])) {
    for (const second of nodes.get(first.to)?.branches.values() ?? []) yield pairOf(first, second, tally)
  }
}

function pairOf(first: Branch, second: Branch, tally: FlowTally): PairCoverage {
  return {
    first: { node: first.from, label: first.label },
    second: { node: second.from, label: second.label },
    taken: tally.of(pairKey(first.from, first.label, second.from, second.label)),
  }
}

function* takenOf(items: Iterable<{ readonly taken: Seen }>): Generator<Seen> {
  for (const { taken } of items) yield taken
}

function shareOf(all: Iterable<Seen>): Share {
  const share: { -readonly [name in keyof Share]: number } = { ...NOTHING }
  for (const seen of all) {
    share.total += 1
    if (isCovered(seen)) share.covered += 1
    if (seen.passed > 0) share.passed += 1
    if (!isCovered(seen) && seen.ambiguous > 0) share.ambiguous += 1
  }
  return share
}
