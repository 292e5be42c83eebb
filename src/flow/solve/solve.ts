import type { Flow } from '../flow.ts'
import { reachableFrom } from '../graph/reachable.ts'
import type { Library } from '../library.ts'
import type { Goal } from './goal.ts'
import { Search, type SearchBounds } from './search.ts'
import type { Solution } from './solution.ts'
import { type ValueClasses, valueClassesOf } from './value-classes.ts'

/** What bounds the search, and what it may use. */
export interface SolveOptions {
  /** How many states of a call are looked at. @default 100_000 */
  readonly maxStates?: number
  /** Where calls may enter, in order of preference. @default every entry of the flow, `main` first */
  readonly entries?: readonly string[]
  /** Whether variables may be set before the call. @default true */
  readonly setVariables?: boolean
  /** Whether data actions may answer what the flow does not say. @default true */
  readonly inventAnswers?: boolean
  /** Whether the input also has to lead on to the end that a call should have. @default false */
  readonly toEnd?: boolean
}

const USUAL_MAX_STATES = 100_000

/**
 * Finds, for each goal, the shortest input of a call into a flow that meets it: keys, speech and silence, and only where these do not
 * do it, initial variables, the time of the call and answers of data actions. One search serves all goals; it goes over the states of the
 * interpreter in the order of their effort (E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1,
 * 1959), and the interpreter confirms what it finds. A goal is `unreachable` only where everything that makes a difference was tried.
 * `library` has the flow and those that it calls.
 */
export function solve(library: Library, flowId: string, goals: Iterable<Goal>, options: SolveOptions = {}): ReadonlyMap<Goal, Solution> {
  const asked = [...goals]
  const flow = library.get(flowId)
  if (!flow) return new Map(asked.map((goal) => [goal, { kind: 'unreachable', why: `there is no flow "${flowId}"` }]))
  const bounds = boundsOf(flow, options)
  const solutions = new Map<Goal, Solution>(impossible(library, flow, asked, bounds.entries))
  const classes = valueClasses(library)
  const open = asked.filter((goal) => !solutions.has(goal))
  if (open.length > 0) searchFor(open, { library, flow, classes, bounds }, solutions)
  return new Map(asked.flatMap((goal) => (solutions.has(goal) ? [[goal, solutions.get(goal) ?? UNTRIED]] : [])))
}

const known = new WeakMap<Library, ValueClasses>()

/** Those of a library, worked out once. */
export function valueClasses(library: Library): ValueClasses {
  const classes = known.get(library) ?? valueClassesOf(library)
  known.set(library, classes)
  return classes
}

const UNTRIED: Solution = { kind: 'undecided', why: 'it was not tried' }

interface Problem {
  readonly library: Library
  readonly flow: Flow
  readonly classes: ValueClasses
  readonly bounds: SearchBounds
}

/** Callers who press keys first; where the interpreter hears something else than was foreseen, callers who speak wherever they can. */
function searchFor(goals: readonly Goal[], problem: Problem, solutions: Map<Goal, Solution>): void {
  const found = new Search({ ...problem, prefers: 'keys' }).run(goals)
  for (const [goal, solution] of found.solutions) solutions.set(goal, solution)
  if (found.misheard.length === 0) return
  const spoken = new Search({ ...problem, prefers: 'speech' }).run(found.misheard).solutions
  for (const [goal, solution] of spoken) if (solution.kind === 'reached') solutions.set(goal, solution)
}

function boundsOf(flow: Flow, options: SolveOptions): SearchBounds {
  const { maxStates = USUAL_MAX_STATES, setVariables = true, inventAnswers = true, toEnd = false } = options
  const names = [...flow.entries.keys()].toSorted((one, other) => Number(other === 'main') - Number(one === 'main'))
  return { maxStates, setVariables, inventAnswers, toEnd, entries: options.entries ?? names }
}

/** What no branch leads to needs no search. */
function impossible(library: Library, flow: Flow, goals: readonly Goal[], entries: readonly string[]): [Goal, Solution][] {
  const isReachable = reachableFrom(library, flow, entries)
  return goals.flatMap((goal): [Goal, Solution][] => {
    if (goal.kind === 'end') return []
    const node = goal.kind === 'pair' ? goal.second.node : goal.node
    if (!library.get(goal.flowId)?.nodes.has(node)) return [[goal, { kind: 'unreachable', why: `there is no node "${node}"` }]]
    return isReachable(goal.flowId, node) ? [] : [[goal, { kind: 'unreachable', why: `no branch leads to node "${node}"` }]]
  })
}
