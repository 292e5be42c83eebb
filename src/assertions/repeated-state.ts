import type { JsonObject } from '../model/json.ts'
import type { Trace, Visit } from '../model/trace.ts'
import { CallStack } from './call-stack.ts'
import { canonicalJson } from './canonical-json.ts'
import { loopBounds } from './loop-bounds.ts'
import type { LoopFinding } from './loop-finding.ts'
import { takesSomethingIn } from './takes-something-in.ts'

const SHOWN_NODES = 8

/**
 * A call that comes back to a node with the same variables, while nothing came in between, will go round for ever. That is proven only
 * where the target tells types and variables, and where no node on the way takes something in ({@link takesSomethingIn}). Reported once, unless
 * the author means the node to repeat, or the node is `told` already.
 */
export function repeatedState(expect: JsonObject, trace: Trace, told: ReadonlySet<string> = new Set()): readonly LoopFinding[] {
  const boundOf = loopBounds(expect)
  const stack = new CallStack()
  let seen = new Map<string, Visit>()
  for (const visit of trace.visits) {
    const place = stack.at(visit)
    if (takesSomethingIn(visit)) {
      seen = new Map()
      continue
    }
    const state = stateAfter(visit, place)
    const earlier = state === undefined ? undefined : seen.get(state)
    if (earlier && !told.has(visit.node) && !isMeant(trace, earlier, visit, (node) => boundOf(node).isMeant))
      return [describe(trace, earlier, visit)]
    if (state !== undefined) seen.set(state, visit)
  }
  return []
}

/** The node, the variables, and where the call will go on when it leaves the sub-flow that it is in. */
function stateAfter({ node, variables }: Visit, place: number): string | undefined {
  const values = variables === undefined ? undefined : canonicalJson(variables)
  return values === undefined ? undefined : `${place} ${JSON.stringify(node)} ${values}`
}

function isMeant(trace: Trace, from: Visit, to: Visit, isNodeMeant: (node: string) => boolean): boolean {
  return trace.visits.slice(from.index, to.index).some((visit) => isNodeMeant(visit.node))
}

function describe(trace: Trace, from: Visit, to: Visit): LoopFinding {
  const nodes = trace.visits.slice(from.index, to.index).map((visit) => visit.node)
  const way = nodes.length > SHOWN_NODES ? [...nodes.slice(0, SHOWN_NODES), '…'] : nodes
  return {
    nodes: new Set(nodes),
    finding: {
      code: 'STATE_REPEATED',
      message: `the call is back at "${to.node}" (visit ${to.index + 1}) exactly as it was at visit ${from.index + 1}: same variables, and no input in between, so it goes round for ever`,
      actual: { segment: nodes.slice(0, 50), startIndex: from.index, endIndex: to.index - 1 },
      details: [`it goes ${[...way, to.node].join(' → ')}`],
      advice: 'something on this way has to change a variable, count, or wait for the caller',
    },
  }
}
