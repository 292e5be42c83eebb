import type { Library } from '../library.ts'
import type { BranchGoal, Goal, NodeGoal } from '../solve/goal.ts'
import type { Solution } from '../solve/solution.ts'
import { solve } from '../solve/solve.ts'
import type { FlowCoverage } from './flow-coverage.ts'
import { branchKey, nodeKey } from './flow-tally.ts'
import { isCovered } from './seen.ts'

/** How a call would come to something that none went through. */
export interface Way {
  /** The flow that is to be called: the one that has it, or one that calls it. */
  readonly flowId: string
  readonly solution: Solution
}

/** By flow, then by the key of the node or branch; see `nodeKey`. */
export type Ways = ReadonlyMap<string, ReadonlyMap<string, Way>>

/** States of calls that are looked at for each flow that is called: a report shall not take longer than the run. */
const MAX_STATES = 20_000

/**
 * Looks for the shortest input that leads to each node and branch that no call went through. `called` are the flows that calls come into
 * from outside: a call of the flow itself is looked for first, then a call of another one; flows that are only called by others come last.
 */
export function waysToUncovered(flows: readonly FlowCoverage[], library: Library, called: ReadonlySet<string>): Ways {
  const ways = new Map<Goal, Way>()
  const goals = flows.flatMap(goalsOf)
  const inner = goals.filter(({ flowId }) => !called.has(flowId))
  for (const root of called) look(root, [...goals.filter(({ flowId }) => flowId === root), ...inner], library, ways)
  for (const root of called) look(root, goals, library, ways)
  for (const root of new Set(inner.map(({ flowId }) => flowId))) {
    const own = inner.filter(({ flowId }) => flowId === root)
    look(root, own, library, ways)
  }
  return byKey(goals, ways)
}

type UncoveredGoal = NodeGoal | BranchGoal

function goalsOf({ edition, nodes }: FlowCoverage): UncoveredGoal[] {
  const { flowId } = edition.flow
  return nodes.flatMap(({ node, visits, branches }) => [
    ...(isCovered(visits) ? [] : [{ kind: 'node' as const, flowId, node }]),
    ...branches.filter(({ taken }) => !isCovered(taken)).map(({ label }) => ({ kind: 'branch' as const, flowId, node, label })),
  ])
}

/** Tries what was not found yet, and was not tried from here. Of several reasons why nothing leads there, the first stands. */
function look(root: string, goals: readonly UncoveredGoal[], library: Library, ways: Map<Goal, Way>): void {
  const open = goals.filter((goal) => {
    const known = ways.get(goal)
    return known?.solution.kind !== 'reached' && known?.flowId !== root
  })
  if (open.length === 0) return
  for (const [goal, solution] of solve(library, root, open, { maxStates: MAX_STATES })) {
    const isBetter = !ways.has(goal) || solution.kind === 'reached' || solution.kind === 'undecided'
    if (isBetter) ways.set(goal, { flowId: root, solution })
  }
}

function byKey(goals: readonly UncoveredGoal[], ways: ReadonlyMap<Goal, Way>): Ways {
  const found = new Map<string, Map<string, Way>>()
  for (const goal of goals) {
    const way = ways.get(goal)
    const ofFlow = found.get(goal.flowId) ?? new Map<string, Way>()
    found.set(goal.flowId, ofFlow)
    if (way) ofFlow.set(goal.kind === 'node' ? nodeKey(goal.node) : branchKey(goal.node, goal.label), way)
  }
  return found
}
