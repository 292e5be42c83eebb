import type { Flow } from '../flow.ts'
import type { Library } from '../library.ts'
import type { Goal } from './goal.ts'
import type { Board } from './goal-board.ts'
import { Search } from './search.ts'
import type { SearchState } from './search-state.ts'
import { valueClasses } from './solve.ts'

/** What calls into a flow can do in it. */
export interface Survey {
  /** Whether everything that makes a difference was tried; else more may be possible than was seen. */
  readonly isComplete: boolean
  /** Whether a call visits a node of the flow. */
  readonly visits: (node: string) => boolean
  /** Whether a call takes a branch of the flow. */
  readonly takes: (node: string, label: string) => boolean
}

/** Looks at all that calls into a flow can do, within `maxStates` states. No call is executed. */
export function survey(library: Library, flow: Flow, maxStates: number): Survey {
  const board = new SurveyBoard(flow.flowId)
  const bounds = { maxStates, entries: [...flow.entries.keys()], setVariables: true, inventAnswers: true, toEnd: false }
  const search = new Search({ library, flow, classes: valueClasses(library), bounds, prefers: 'keys' })
  const isComplete = search.visitAll(board)
  return { isComplete, visits: (node) => board.nodes.has(node), takes: (node, label) => board.branches.has(`${label} ${node}`) }
}

/** Takes notes of all that it sees and is never content. */
class SurveyBoard implements Board {
  readonly isDone = false
  readonly nodes = new Set<string>()
  readonly branches = new Set<string>()
  readonly #flowId: string

  constructor(flowId: string) {
    this.#flowId = flowId
  }

  metBy({ node, via }: SearchState): readonly Goal[] {
    if (node?.flow.flowId === this.#flowId) this.nodes.add(node.id)
    for (const taken of via?.taken ?? []) if (taken.flowId === this.#flowId) this.branches.add(`${taken.label} ${taken.node}`)
    return []
  }

  isFirst(): boolean {
    return false
  }
}
