import type { DebugEntry, DebugResult } from '../api/resources/flow-debug.ts'
import { show } from '../assertions/show.ts'
import { isJsonObject, type Json } from '../model/json.ts'
import { ProblemError } from '../model/problem.ts'
import type { Trace, Visit } from '../model/trace.ts'

/**
 * The trace that a debug answer tells. Some deployments tell only the path: then visits have a node and no more, and the last one is the
 * exit. Throws a `ProblemError` (`PROTOCOL_ERROR`) for an answer that contradicts itself, since nothing could be judged by it.
 */
export function toTrace(flowId: string, result: DebugResult): Trace {
  const visits = toVisits(result)
  if (!result.broken) requireConsistent(result, visits)
  const exitNode = result.exitNode ?? (result.broken ? undefined : visits.at(-1)?.node)
  return {
    flowId,
    visits,
    variables: result.variables ?? visits.findLast((visit) => visit.variables !== undefined)?.variables ?? {},
    ...(exitNode === undefined ? {} : { exitNode }),
    ...(typeof result.duration === 'number' ? { durationMs: result.duration } : {}),
    status: statusOf(result, visits),
  }
}

function toVisits({ trace, path }: DebugResult): readonly Visit[] {
  return trace && trace.length > 0 ? trace.map(toVisit) : path.map((node, index) => ({ index, node }))
}

function toVisit(entry: DebugEntry, index: number): Visit {
  const { nodeId: node, type, timestamp, input, target, status, variables, exception } = entry
  return {
    index,
    node,
    ...(type ? { type } : {}),
    ...(typeof timestamp === 'number' ? { atMs: timestamp } : {}),
    ...(input === undefined || isNothing(input) ? {} : { input }),
    ...(target ? { target } : {}),
    ...(status ? { status } : {}),
    ...(variables ? { variables } : {}),
    ...(exception ? { exception: reasonOf(exception) } : {}),
  }
}

/** A caller who enters nothing is told as null, as empty text, or as fields that are. */
function isNothing(input: Json): boolean {
  if (input === null || input === '') return true
  return isJsonObject(input) && Object.values(input).every((value) => value === undefined || value === null || value === '')
}

function reasonOf(exception: Json): string {
  if (typeof exception === 'string') return exception
  return isJsonObject(exception) && typeof exception['message'] === 'string' ? exception['message'] : show(exception)
}

/** The answer's HTTP status first, then what the visits say: an error anywhere, otherwise how the last one ended. */
function statusOf(result: DebugResult, visits: readonly Visit[]): string {
  const isBroken = result.broken || visits.some((visit) => visit.status === 'Error' || visit.exception !== undefined)
  return isBroken ? 'Error' : (visits.at(-1)?.status ?? 'Completed')
}

function requireConsistent({ path, exitNode }: DebugResult, visits: readonly Visit[]): void {
  if (visits.length === 0) throw contradiction('the call visited no node at all')
  const index = firstDifference(path, visits)
  if (index !== undefined) {
    throw contradiction(
      `its path and its trace disagree at visit ${index + 1}: ${show(path[index])} in the path, ${show(visits[index]?.node)} in the trace`,
    )
  }
  const last = visits.at(-1)?.node
  if (typeof exitNode === 'string' && exitNode !== last) {
    throw contradiction(`its exitNode is ${show(exitNode)}, but the last node of its path is ${show(last)}`)
  }
}

function firstDifference(path: readonly string[], visits: readonly Visit[]): number | undefined {
  for (let index = 0; index < Math.max(path.length, visits.length); index += 1) {
    if (path[index] !== visits[index]?.node) return index
  }
  return undefined
}

function contradiction(what: string): ProblemError {
  return new ProblemError({
    code: 'PROTOCOL_ERROR',
    message: `the answer of POST /api/v2/flows/debug contradicts itself: ${what}`,
    advice: 'this is a fault of the target; report it with the correlation id of the request',
  })
}
