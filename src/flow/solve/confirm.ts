import type { Trace } from '../../model/trace.ts'
import { execute } from '../execute.ts'
import type { Flow } from '../flow.ts'
import type { Library } from '../library.ts'
import { movesTo } from './assemble-input.ts'
import type { SearchState } from './search-state.ts'
import type { CallInput, PathStep } from './solution.ts'

/** The visits that the search foresaw, up to and with the node of a state. */
export function foreseenPath(state: SearchState): readonly PathStep[] {
  const left = movesTo(state).flatMap(({ from: { node }, visit }) =>
    node && visit ? [{ flowId: node.flow.flowId, node: node.id, ...(visit.branch === undefined ? {} : { branch: visit.branch }) }] : [],
  )
  return state.node ? [...left, { flowId: state.node.flow.flowId, node: state.node.id }] : left
}

/** Executes the call. `undefined` where the interpreter does not go the way that was foreseen. */
export function confirm(flow: Flow, input: CallInput, path: readonly PathStep[], library: Library): Trace | undefined {
  const trace = call(flow, input, library)
  const isForeseen = path.every(({ flowId, node, branch }, index) => {
    const visit = trace.visits[index]
    const name = flowId === flow.flowId ? node : `${flowId}/${node}`
    return visit?.node === name && (branch === undefined || visit.branch === branch)
  })
  return isForeseen ? trace : undefined
}

/** Executes the call that an input describes, with the answers that it asks for. */
export function call(flow: Flow, input: CallInput, library: Library): Trace {
  const { answers, ...entered } = input
  const flows = Object.keys(answers).length === 0 ? library : withAnswers(library, answers)
  return execute(flows.get(flow.flowId) ?? flow, entered, { flows, date: () => new Date(0) })
}

function withAnswers(library: Library, answers: CallInput['answers']): Library {
  const invented = Object.entries(answers)
  return new Map(
    [...library].map(([flowId, flow]) => {
      const own = invented.filter(([action]) => flow.actions.has(action))
      return [flowId, own.length === 0 ? flow : { ...flow, actions: new Map([...flow.actions, ...own]) }]
    }),
  )
}
