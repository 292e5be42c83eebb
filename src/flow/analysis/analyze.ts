import type { Flow } from '../flow.ts'
import { buildFlowGraph } from '../graph/build-flow-graph.ts'
import type { FlowGraph } from '../graph/flow-graph.ts'
import { reachableFrom } from '../graph/reachable.ts'
import type { Library } from '../library.ts'
import { findLoops } from '../loops/find-loops.ts'
import type { Loop } from '../loops/loop.ts'
import { nodeRoles } from '../loops/node-roles.ts'
import { solve } from '../solve/solve.ts'
import { diagnosedFindings } from './diagnosed-findings.ts'
import { duplicatePhrases } from './duplicate-phrases.ts'
import type { Draft } from './finding-draft.ts'
import { toFindings } from './finding-draft.ts'
import type { FlowFinding } from './flow-finding.ts'
import { retryFindings, trapFindings } from './loop-findings.ts'
import { branchesNeverTaken } from './never-taken.ts'
import { recursiveCalls } from './recursive-calls.ts'
import { unsetVariables } from './unset-variables.ts'

/** What the analysis of one flow says. */
export interface FlowAnalysis {
  readonly flow: Flow
  /** In the order of the file; those that the author allows are marked. */
  readonly findings: readonly FlowFinding[]
  /** Every loop that calls get to, by what bounds it. */
  readonly loops: readonly Loop[]
  /** The graph in which the loops are. */
  readonly graph: FlowGraph
}

/** What bounds the search for inputs. */
export interface AnalyzeOptions {
  /** How many states of calls are looked at for each flow. @default 10_000 */
  readonly maxStates?: number
}

const USUAL_MAX_STATES = 10_000

/** For more findings than these no input is looked for: each has to be confirmed by a call. */
const MOST_WITNESSES = 100

/**
 * Judges flows without executing them for a caller: loops by what bounds them, branches that can never be taken, variables that are read
 * before they are set, and all that a compilation says. `library` has the flows that they call as well. Linear in nodes and branches,
 * except for the search for inputs, which is bounded.
 */
export function analyze(library: Library, flows: Iterable<Flow> = library.values(), options: AnalyzeOptions = {}): readonly FlowAnalysis[] {
  const { maxStates = USUAL_MAX_STATES } = options
  const graph = buildFlowGraph(library)
  const roles = nodeRoles(graph)
  const { loops } = findLoops(graph, { roles })
  const retries = findLoops(graph, { roles, withoutChoices: true }).loops
  const recursions = recursiveCalls(graph)
  const [ownLoops, ownRetries] = [byFlow(graph, loops), byFlow(graph, retries)]
  return [...flows].map((flow) => {
    const isReachable = reachableFrom(library, flow, flow.entries.keys())
    const reached = (all: ReadonlyMap<Flow, readonly Loop[]>): readonly Loop[] =>
      (all.get(flow) ?? []).filter(({ round: [edge] }) => isReachable(flow.flowId, (edge && graph.nodes[edge.from]?.node.id) ?? ''))
    const own = reached(ownLoops)
    const drafts: Draft[] = [
      ...trapFindings(graph, flow, own),
      ...retryFindings(graph, flow, reached(ownRetries)),
      ...(recursions.get(flow) ?? []),
      ...unsetVariables(flow),
      ...duplicatePhrases(flow),
      ...branchesNeverTaken(library, flow, maxStates),
    ]
    return { flow, graph, loops: own, findings: findingsOf(library, flow, drafts, maxStates) }
  })
}

/** Loops by the flow in which they begin. */
function byFlow(graph: FlowGraph, loops: readonly Loop[]): ReadonlyMap<Flow, readonly Loop[]> {
  const found = new Map<Flow, Loop[]>()
  for (const loop of loops) {
    const flow = graph.nodes[loop.round[0]?.from ?? -1]?.flow
    const known = flow && found.get(flow)
    if (known) known.push(loop)
    else if (flow) found.set(flow, [loop])
  }
  return found
}

function findingsOf(library: Library, flow: Flow, drafts: readonly Draft[], maxStates: number): readonly FlowFinding[] {
  const goals = drafts.slice(0, MOST_WITNESSES).flatMap(({ goal }) => goal ?? [])
  const solutions = goals.length === 0 ? new Map() : solve(library, flow.flowId, goals, { maxStates })
  return toFindings(flow, [...diagnosedFindings(flow, library), ...drafts], solutions)
}
