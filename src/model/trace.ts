import { isJsonObject, type Json, type JsonObject } from './json.ts'

/** A node reached once. */
export interface Visit {
  /** Zero-based position in the trace. */
  readonly index: number
  readonly node: string
  /** The node's type, e.g. `GatherInput`; absent where the target told only the path. */
  readonly type?: string
  /** Milliseconds since the call began. */
  readonly atMs?: number
  /** What the caller entered at this visit; absent: nothing. */
  readonly input?: Json
  /** Where the call was routed to, e.g. a queue. */
  readonly target?: string
  /** `Completed` at an exit, `Error` where the flow broke. */
  readonly status?: string
  /** What went wrong at this node. */
  readonly exception?: string
  /** The variables after this visit; absent where the target did not tell. */
  readonly variables?: JsonObject
  /** The label of the branch taken, where the target tells. */
  readonly branch?: string
}

/** The visits of one call, in order, and how it ended. */
export interface Trace {
  readonly flowId: string
  /** Of the flow that was called, where the target tells. */
  readonly flowVersion?: string
  readonly visits: readonly Visit[]
  /** The variables at the end. */
  readonly variables: JsonObject
  readonly exitNode?: string
  /** As the target tells it, in milliseconds. */
  readonly durationMs?: number
  /** `Completed`, `Error`, or as the target names it. */
  readonly status: string
}

/** Whether an observation, as a journal keeps it, is the trace of a call. */
export function isTrace(observation: unknown): observation is Trace {
  if (!isJsonObject(observation)) return false
  const { flowId, status, visits, variables } = observation
  return (
    typeof flowId === 'string' && typeof status === 'string' && isJsonObject(variables) && Array.isArray(visits) && visits.every(isVisit)
  )
}

function isVisit(visit: unknown): boolean {
  return isJsonObject(visit) && typeof visit['node'] === 'string' && typeof visit['index'] === 'number'
}
