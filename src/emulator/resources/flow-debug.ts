import { execute } from '../../flow/execute.ts'
import type { JsonObject } from '../../model/json.ts'
import { validateDebugRequest } from '../../schema/generated/api.ts'
import type { Validator } from '../../schema/validator.ts'
import { jsonBody } from '../body.ts'
import { jsonAnswer } from '../exchange.ts'
import type { Operation } from '../operation.ts'
import { type DebugOptions, debugAnswer } from './debug-answer.ts'
import { findFlow } from './find-flow.ts'

interface DebugRequest {
  readonly flowId: string
  readonly input?: { readonly dtmf?: string | null; readonly speech?: string | null } | null
  readonly options?: DebugOptions | null
  readonly variables?: JsonObject | null
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
    const { status, body } = debugAnswer(trace, { ...options, maxLoops }, world.diagnosisOf(flowId).errors)
    return jsonAnswer(status, body)
  },
}
