import type { Branch, Flow, FlowNode } from '../flow.ts'
import type { Library } from '../library.ts'
import { nodeTypes } from '../node-types.ts'
import { survey } from '../solve/survey.ts'
import type { Draft } from './finding-draft.ts'

/**
 * Branches that no call takes although calls come to their node. Told only where everything that makes a difference was tried within
 * `maxStates` states of calls.
 */
export function branchesNeverTaken(library: Library, flow: Flow, maxStates: number): Draft[] {
  // A state is of one node: of more nodes than that, not all can be tried, and the search would be in vain.
  if (flow.nodes.size > maxStates) return []
  const seen = survey(library, flow, maxStates)
  if (!seen.isComplete) return []
  const faulty = new Set(flow.diagnosis.errors.map(({ node }) => node))
  return [...flow.nodes.values()]
    .filter((node) => isJudged(node, faulty) && seen.visits(node.id))
    .flatMap((node) =>
      [...node.branches.values()]
        .filter((branch) => isWritten(branch, node) && !seen.takes(node.id, branch.label))
        .map((branch) => describe(flow, node, branch)),
    )
}

/** A call breaks at a node that is at fault, whatever its branches are; that is told already. */
function isJudged({ id, spec }: FlowNode, faulty: ReadonlySet<string | undefined>): boolean {
  return spec !== undefined && !faulty.has(id)
}

/** Hold music that is wired to itself waits for an agent, and a virtual call has none. */
function isWritten({ to, pointer }: Branch, node: FlowNode): boolean {
  const isHold =
    node.spec &&
    nodeTypes
      .get(node.type)
      ?.loopGuards?.(node.spec)
      .some(({ kind }) => kind === 'hold')
  return pointer !== undefined && !(isHold && to === node.id)
}

function describe({ flowId }: Flow, node: FlowNode, { label, pointer = node.pointer }: Branch): Draft {
  return {
    rule: 'branch-never-taken',
    severity: 'warning',
    flowId,
    message: `node "${node.id}" never takes the branch "${label}", whatever a caller, a variable, the time and an answer are`,
    at: { pointer, atKey: true },
    way: [{ node: node.id, branch: label }],
    goal: { kind: 'node', flowId, node: node.id },
  }
}
