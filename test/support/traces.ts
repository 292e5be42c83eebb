import type { Trace, Visit } from '../../src/model/trace.ts'

/** What a test says of a visit; its index follows from its place. A text is a node without anything else. */
export type VisitSketch = string | Omit<Visit, 'index'>

/** A call through these nodes that ended well at the last of them, unless `more` says otherwise. */
export function traceOf(visits: readonly VisitSketch[], more: Partial<Trace> = {}): Trace {
  const complete = visits.map((visit, index) => ({ index, ...(typeof visit === 'string' ? { node: visit } : visit) }))
  const exitNode = complete.at(-1)?.node
  return {
    flowId: 'main-menu',
    visits: complete,
    variables: {},
    ...(exitNode === undefined ? {} : { exitNode }),
    durationMs: 120,
    status: 'Completed',
    ...more,
  }
}
