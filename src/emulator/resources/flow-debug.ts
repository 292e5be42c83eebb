import { execute } from '../../flow/execute.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Trace, Visit } from '../../model/trace.ts'
import { validateDebugRequest } from '../../schema/generated/api.ts'
import type { Validator } from '../../schema/validator.ts'
import { jsonBody } from '../body.ts'
import { type EmulatorAnswer, jsonAnswer } from '../exchange.ts'
import type { Operation } from '../operation.ts'
import type { World } from '../world.ts'
import { toDiagnostics } from './diagnostics.ts'
import { findFlow } from './find-flow.ts'

interface DebugRequest {
  readonly flowId: string
  readonly input?: { readonly dtmf?: string | null; readonly speech?: string | null } | null
  readonly options?: DebugOptions | null
  readonly variables?: JsonObject | null
}

interface DebugOptions {
  readonly trace?: boolean | null
  readonly includeVariables?: boolean | null
  readonly maxLoops?: number | null
}

const isDebugRequest: Validator<DebugRequest> = validateDebugRequest

const USUAL_MAX_LOOPS = 50

/**
 * A virtual call through a flow. 200 with the trace of a call that came to its end, or that was cut at `maxLoops` visits of one node;
 * 500 where the flow does not compile or the call breaks, with the trace up to the node that failed.
 */
export const flowDebug: Operation = {
  api: 'flow-debug',
  method: 'POST',
  paths: ['/api/v2/flows/debug'],
  access: { scopes: ['flow:debug'] },
  answer({ request }, world) {
    const { flowId, input, options, variables } = jsonBody(request, isDebugRequest)
    const flow = findFlow(world, flowId)
    const maxLoops = options?.maxLoops ?? USUAL_MAX_LOOPS
    const call = { dtmf: input?.dtmf ?? '', speech: input?.speech ?? '', variables: variables ?? {}, maxLoops }
    const { clock, flows } = world.settings
    const trace = execute(flow, call, { flows, date: () => clock.date() })
    if (world.diagnosisOf(flowId).errors.length > 0) return brokenFlow(trace, options ?? {}, world)
    const hasBroken = trace.status === 'Error' && !isCut(trace, maxLoops)
    return jsonAnswer(hasBroken ? 500 : 200, { ...(hasBroken && toError(trace)), ...toBody(trace, options ?? {}) })
  },
}

/** A flow that does not compile never answers 200; its trace is told where the call met what is wrong. */
function brokenFlow(trace: Trace, options: DebugOptions, { diagnosisOf }: World): EmulatorAnswer {
  const { errors = [] } = toDiagnostics({ errors: diagnosisOf(trace.flowId).errors, warnings: [] })
  const meetsFault = trace.status === 'Error' && trace.visits.length > 0
  if (meetsFault) return jsonAnswer(500, { ...toError(trace), errors, ...toBody(trace, { ...options, trace: true }) })
  return jsonAnswer(500, { error: 'flow_broken', message: `flow "${trace.flowId}" does not compile`, errors })
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
