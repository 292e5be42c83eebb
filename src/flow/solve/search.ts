import TinyQueue from 'tinyqueue'
import type { Flow } from '../flow.ts'
import type { Library } from '../library.ts'
import { knownVariables } from '../uses.ts'
import { CALL_TIME } from '../variables.ts'
import { inputsFor } from './assemble-input.ts'
import { confirm, foreseenPath } from './confirm.ts'
import { Expansion } from './expand.ts'
import { FreeVariables } from './free-variables.ts'
import type { Goal } from './goal.ts'
import { type Board, GoalBoard } from './goal-board.ts'
import { goesRound } from './goes-round.ts'
import { SearchNodes } from './search-node.ts'
import type { SearchState } from './search-state.ts'
import { EFFORT, type Reached, type Solution } from './solution.ts'
import { StateKeys } from './state-key.ts'
import type { ValueClasses } from './value-classes.ts'

export interface SearchBounds {
  readonly maxStates: number
  readonly entries: readonly string[]
  readonly setVariables: boolean
  readonly inventAnswers: boolean
  readonly toEnd: boolean
}

/** What is searched, and how. */
export interface SearchPlan {
  readonly library: Library
  readonly flow: Flow
  readonly classes: ValueClasses
  readonly bounds: SearchBounds
  /** How the caller chooses where both would do. */
  readonly prefers: 'keys' | 'speech'
}

export interface SearchResult {
  /** One for each goal. */
  readonly solutions: ReadonlyMap<Goal, Solution>
  /** Goals that a call seemed to meet, but the interpreter heard the caller otherwise. */
  readonly misheard: readonly Goal[]
}

/** A state in the queue, with the entry where its call began. */
interface Waiting {
  readonly state: SearchState
  readonly entry: string
  readonly order: number
}

/** One search over the states of a call, those of least effort first. */
export class Search {
  readonly #plan: SearchPlan
  readonly #nodes: SearchNodes
  readonly #expansion: Expansion

  constructor(plan: SearchPlan) {
    this.#plan = plan
    this.#nodes = new SearchNodes(plan.classes, plan.prefers)
    this.#expansion = new Expansion(plan.library, plan.classes, this.#nodes, plan.bounds)
  }

  run(goals: readonly Goal[]): SearchResult {
    const solutions = new Map<Goal, Solution>()
    const misheard = new Set<Goal>()
    const board = new GoalBoard(goals)
    const outcome = this.#explore(this.#starts(), board, this.#plan.bounds.maxStates, (met, { state, entry }) => {
      const reached = this.#reach(state, entry)
      for (const goal of met) {
        if (reached) solutions.set(goal, reached)
        else misheard.add(goal)
      }
      if (reached) board.close(met)
    })
    for (const goal of goals.filter((goal) => !solutions.has(goal))) solutions.set(goal, this.#unsolved(misheard.has(goal), outcome))
    return { solutions, misheard: [...misheard].filter((goal) => solutions.get(goal)?.kind !== 'reached') }
  }

  /** Lets a board see every state that there is. True where it has seen all that makes a difference. */
  visitAll(board: Board): boolean {
    return this.#explore(this.#starts(), board, this.#plan.bounds.maxStates, () => {}) === 'exhausted' && this.#expansion.gaps.size === 0
  }

  /** Goes on until nothing is left to look out for, no state is left, or too many were looked at. */
  #explore(
    starts: readonly Omit<Waiting, 'order'>[],
    board: Board,
    maxStates: number,
    onMet: (goals: readonly Goal[], waiting: Waiting) => void,
  ): 'exhausted' | 'cut off' {
    const keys = new StateKeys(this.#plan.classes, (branch, flow) => board.isFirst(flow.flowId, branch))
    const seen = new Set<string>()
    let order = 0
    let weight = 0
    const queue = new TinyQueue<Waiting>([], (one, other) => compare(one, other))
    for (const start of starts) queue.push({ ...start, order: order++ })
    for (let waiting = queue.pop(); waiting && !board.isDone; waiting = queue.pop()) {
      const { state, entry } = waiting
      const met = board.metBy(state)
      if (met.length > 0) onMet(met, waiting)
      if (!state.node || goesRound(state)) continue
      const key = keys.of(state)
      if (seen.has(key)) continue
      weight += weightOf(state)
      if (weight > maxStates) return 'cut off'
      seen.add(key)
      for (const next of this.#expansion.next(state)) {
        if (isWorthwhile(next, board, seen, keys)) queue.push({ state: next, entry, order: order++ })
      }
    }
    return 'exhausted'
  }

  #starts(): Omit<Waiting, 'order'>[] {
    const { flow, bounds } = this.#plan
    const names = bounds.setVariables ? [...knownVariables(flow)] : [CALL_TIME]
    const free = FreeVariables.of(names.map((name) => [name, { from: 'author' }]))
    return bounds.entries.flatMap((entry, index) => {
      const node = this.#nodes.of(flow, flow.entries.get(entry) ?? '')
      const frame = { flow, variables: flow.variables, free }
      return node
        ? [
            {
              entry,
              state: { node, frame, failedTries: 0, answers: {}, effort: index * EFFORT.otherEntry, written: 0, steps: 0, idleSteps: 0 },
            },
          ]
        : []
    })
  }

  /** `undefined` where the interpreter goes another way. */
  #reach(state: SearchState, entry: string): Reached | undefined {
    const reached = this.#confirmed(state, entry, state)
    if (!reached || reached.isCompleted || !this.#plan.bounds.toEnd) return reached
    let ended: Reached | undefined
    const board = new GoalBoard([{ kind: 'end' }])
    this.#explore([{ state, entry }], board, this.#plan.bounds.maxStates, (goals, waiting) => {
      ended = this.#confirmed(waiting.state, entry, state)
      if (ended) board.close(goals)
    })
    return ended ?? reached
  }

  #confirmed(last: SearchState, entry: string, goal: SearchState): Reached | undefined {
    const { flow, library } = this.#plan
    const path = foreseenPath(last)
    for (const input of inputsFor(last, entry)) {
      const trace = confirm(flow, input, path, library)
      if (trace) return { kind: 'reached', input, path: foreseenPath(goal), effort: last.effort, isCompleted: trace.status === 'Completed' }
    }
    return undefined
  }

  #unsolved(isMisheard: boolean, outcome: 'exhausted' | 'cut off'): Solution {
    if (isMisheard) return { kind: 'undecided', why: 'the input that was found leads another way when the call is executed' }
    if (outcome === 'cut off')
      return { kind: 'undecided', why: `nothing was found among the first ${this.#plan.bounds.maxStates} states of calls` }
    const [gap] = this.#expansion.gaps
    if (gap !== undefined) return { kind: 'undecided', why: `nothing was found, but ${gap}` }
    return { kind: 'unreachable', why: 'nothing that a caller, a variable, the time or an answer can be leads there' }
  }
}

/** A state of very many variables takes as much time and memory as several of few. */
const VARIABLES_PER_STATE = 16

function weightOf({ frame }: SearchState): number {
  return 1 + Math.floor((Object.keys(frame.variables).length + frame.free.size) / VARIABLES_PER_STATE)
}

/** A state that was seen is worth its place only where the way to it meets a goal. */
function isWorthwhile(state: SearchState, board: Board, seen: ReadonlySet<string>, keys: StateKeys): boolean {
  return (state.node !== undefined && !seen.has(keys.of(state))) || board.metBy(state).length > 0
}

function compare({ state: one, order: oneOrder }: Waiting, { state: other, order: otherOrder }: Waiting): number {
  return one.effort - other.effort || one.written - other.written || one.steps - other.steps || oneOrder - otherOrder
}
