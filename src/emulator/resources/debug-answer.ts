import type { Diagnostic } from '../../flow/diagnostic.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Trace, Visit } from '../../model/trace.ts'
import { toDiagnostics } from './diagnostics.ts'

/** What a debug request may ask for. */
export interface DebugOptions {
  readonly trace?: boolean | null
  readonly includeVariables?: boolean | null
  readonly maxLoops?: number | null
}

/** An answer before it is text. */
interface DebugAnswer {
  readonly status: 200 | 500
  readonly body: JsonObject
}

/** A call as the API tells it: 500 where the flow has errors or the call broke, unless only the caller's own bound was reached. */
export function debugAnswer(
  trace: Trace,
  options: DebugOptions & { readonly maxLoops: number },
  errors: readonly Diagnostic[],
): DebugAnswer {
  if (errors.length > 0) return brokenFlow(trace, options, errors)
  const hasBroken = trace.status === 'Error' && !isCut(trace, options.maxLoops)
  return { status: hasBroken ? 500 : 200, body: { ...(hasBroken && toError(trace)), ...toBody(trace, options) } }
}

/** A flow that does not compile never answers 200; its trace is told where the call met what is wrong. */
function brokenFlow(trace: Trace, options: DebugOptions, errors: readonly Diagnostic[]): DebugAnswer {
  const told = toDiagnostics({ errors, warnings: [] })
  const meetsFault = trace.status === 'Error' && trace.visits.length > 0
  if (meetsFault) return { status: 500, body: { ...toError(trace), ...told, ...toBody(trace, { ...options, trace: true }) } }
  return { status: 500, body: { error: 'flow_broken', message: `flow "${trace.flowId}" does not compile`, ...told } }
}

function toError({ flowId, visits }: Trace): JsonObject {
  const last = visits.at(-1)
  return { error: 'flow_broken', message: `flow "${flowId}" broke${last ? ` at node "${last.node}": ${last.exception}` : ''}` }
}

/** The bound of the caller's own was reached: the flow may be as it should. */
function isCut({ visits }: Trace, maxLoops: number): boolean {
  const last = visits.at(-1)
  return visits.reduce((count, visit) => (visit.node === last?.node ? count + 1 : count), 0) > maxLoops
}

function toBody({ visits, variables, exitNode, durationMs }: Trace, options: DebugOptions): JsonObject {
  return {
    path: visits.map((visit) => visit.node),
    variables,
    ...(exitNode !== undefined && { exitNode }),
    ...(durationMs !== undefined && { duration: durationMs }),
    ...(options.trace !== false && { trace: visits.map((visit) => toEntry(visit, options.includeVariables !== false)) }),
  }
}

function toEntry({ node, type, atMs, input, target, status, exception, variables }: Visit, withVariables: boolean): JsonObject {
  return {
    nodeId: node,
    type,
    timestamp: atMs,
    input,
    target,
    status,
    exception,
    variables: withVariables ? variables : undefined,
  }
}
