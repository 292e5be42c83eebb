import type { PathAutomaton } from './path-automaton.ts'

/** How far a path goes along with its pattern. */
export interface PathMatch {
  readonly isMatch: boolean
  /** So many nodes go along with the pattern; the one behind them, if any, cannot follow. */
  readonly length: number
  /** The states in which those nodes end. */
  readonly states: readonly number[]
}

/** Runs all ways through the automaton at once, so that the time is at most its size times the length of the path. */
export function matchPath(automaton: PathAutomaton, path: readonly string[]): PathMatch {
  let states = closure(automaton, [automaton.start])
  for (const [length, node] of path.entries()) {
    const followers = closure(automaton, step(automaton, states, node))
    if (followers.length === 0) return { isMatch: false, length, states }
    states = followers
  }
  return { isMatch: states.includes(automaton.end), length: path.length, states }
}

/** These states and all that they lead to without a node. */
function closure({ states }: PathAutomaton, from: readonly number[]): readonly number[] {
  const reached = new Set(from)
  for (const index of reached) {
    const state = states[index]
    if (state?.kind === 'fork') for (const next of state.next) reached.add(next)
    if (state?.kind === 'any') reached.add(state.next)
  }
  return [...reached]
}

function step({ states }: PathAutomaton, from: readonly number[], node: string): readonly number[] {
  return from.flatMap((index) => {
    const state = states[index]
    if (state?.kind === 'any') return [index]
    return state?.kind === 'node' && state.nodes.has(node) ? [state.next] : []
  })
}
