import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'
import type { Trace, Visit } from '../model/trace.ts'
import { malformed } from './malformed.ts'
import { counted } from './show.ts'

/** Expects that the call never enters a node, or any of a list of nodes. */
export function avoids(expected: Json, trace: Trace): readonly Finding[] {
  if (!Array.isArray(expected)) return avoidsNode(expected, trace)
  return expected.flatMap((node, index) => avoidsNode(node, trace).map((finding) => ({ ...finding, at: [index] })))
}

function avoidsNode(node: Json, trace: Trace): readonly Finding[] {
  if (typeof node !== 'string') return [malformed('the id of a node', node)]
  const entered = trace.visits.filter((visit) => visit.node === node)
  const [first] = entered
  return first === undefined ? [] : [visited(node, first, entered.length, trace)]
}

function visited(node: string, first: Visit, count: number, trace: Trace): Finding {
  const before = trace.visits[first.index - 1]
  const way = before === undefined ? '' : `, coming from "${before.node}"`
  const again = count === 1 ? '' : ` (${counted(count, 'visit')} in all)`
  return {
    code: 'NODE_VISITED',
    message: `the call entered "${node}" at visit ${first.index + 1}${way}${again}, and must avoid it`,
    expected: 'no visit',
    actual: counted(count, 'visit'),
  }
}
