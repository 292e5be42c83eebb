import type { Goal } from './goal.ts'
import type { SearchState, TakenBranch } from './search-state.ts'

/** What a search looks out for. */
export interface Board {
  /** Whether nothing is left to look out for. */
  readonly isDone: boolean
  readonly metBy: (state: SearchState) => readonly Goal[]
  /** Whether it matters that a branch was the last one that was taken. */
  readonly isFirst: (flowId: string, branch: { readonly node: string; readonly label: string }) => boolean
}

/** The goals that are still open, found by what a state has just done. */
export class GoalBoard implements Board {
  readonly #open = new Map<string, Goal[]>()
  /** The branches with which pairs begin. */
  readonly #firsts = new Set<string>()

  constructor(goals: Iterable<Goal>) {
    for (const goal of goals) {
      const key = keyOf(goal)
      const known = this.#open.get(key)
      if (known) known.push(goal)
      else this.#open.set(key, [goal])
      if (goal.kind === 'pair') this.#firsts.add(keyOf({ kind: 'branch', flowId: goal.flowId, ...goal.first }))
    }
  }

  get isDone(): boolean {
    return this.#open.size === 0
  }

  get left(): readonly Goal[] {
    return [...this.#open.values()].flat()
  }

  /** The open goals that a call meets when it comes to this state. */
  metBy(state: SearchState): readonly Goal[] {
    return keysOf(state).flatMap((key) => this.#open.get(key) ?? [])
  }

  close(goals: readonly Goal[]): void {
    for (const goal of goals) this.#open.delete(keyOf(goal))
  }

  /** Whether a pair of branches begins with this one. */
  isFirst(flowId: string, branch: { readonly node: string; readonly label: string }): boolean {
    return this.#firsts.size > 0 && this.#firsts.has(keyOf({ kind: 'branch', flowId, ...branch }))
  }
}

function keysOf({ node, ending, via }: SearchState): readonly string[] {
  const branches = (via?.taken ?? []).flatMap(branchKeys)
  if (node) return [...branches, keyOf({ kind: 'node', flowId: node.flow.flowId, node: node.id })]
  return ending === 'completed' ? [...branches, keyOf({ kind: 'end' })] : branches
}

function branchKeys({ flowId, node, label, before }: TakenBranch): string[] {
  const second = { node, label }
  return [keyOf({ kind: 'branch', flowId, ...second }), ...(before ? [keyOf({ kind: 'pair', flowId, first: before, second })] : [])]
}

function keyOf(goal: Goal): string {
  switch (goal.kind) {
    case 'node':
      return JSON.stringify(['node', goal.flowId, goal.node])
    case 'branch':
      return JSON.stringify(['branch', goal.flowId, goal.node, goal.label])
    case 'pair':
      return JSON.stringify(['pair', goal.flowId, goal.first.node, goal.first.label, goal.second.node, goal.second.label])
    case 'end':
      return 'end'
  }
}
