import type { JsonObject } from '../../model/json.ts'
import { decoder, matches } from '../decode.ts'
import type { ApiAnswer, Send } from '../send.ts'

export interface DebugRequest {
  readonly flowId: string
  readonly input: { readonly dtmf?: string; readonly speech?: string }
  readonly options: { readonly trace: boolean; readonly includeVariables: boolean; readonly maxLoops: number }
  readonly variables?: JsonObject
}

interface DebugAnswer {
  readonly path: readonly string[]
  readonly trace?: readonly DebugEntry[] | null
  readonly variables?: JsonObject | null
  readonly exitNode?: string | null
  /** Milliseconds. */
  readonly duration?: number | null
}

/** One visit as the API tells it. */
export interface DebugEntry {
  readonly nodeId: string
  readonly type?: string | null
  /** Milliseconds since the call began. */
  readonly timestamp?: number | null
  readonly input?: JsonObject[string]
  readonly target?: string | null
  readonly status?: string | null
  readonly variables?: JsonObject | null
  readonly exception?: string | JsonObject | null
}

/** What a debug call led to. `broken`: the target answered 500 with a trace, whose last entry is the node that failed. */
export interface DebugResult extends DebugAnswer {
  readonly broken: boolean
}

type DebugFailure = Omit<DebugAnswer, 'path' | 'trace'> & {
  readonly path?: readonly string[] | null
  readonly trace: readonly DebugEntry[]
}

const toDebugAnswer = decoder<DebugAnswer>('debug-answer')
const toDebugFailure = decoder<DebugFailure>('debug-failure')

/** Runs a virtual call through a flow. Resolves with its trace, also where the flow broke on the way. */
export async function debugFlow(send: Send, request: DebugRequest): Promise<DebugResult> {
  const answer = await send({
    api: 'flow-debug',
    scopes: ['flow:debug', 'flow:read'],
    method: 'POST',
    path: '/api/v2/flows/debug',
    body: { ...request },
    accepts: isBrokenFlow,
  })
  return isBrokenFlow(answer) ? toBrokenResult(toDebugFailure(answer)) : { broken: false, ...toDebugAnswer(answer) }
}

function isBrokenFlow(answer: ApiAnswer): boolean {
  return answer.status === 500 && matches('debug-failure', answer.body)
}

function toBrokenResult(failure: DebugFailure): DebugResult {
  return { ...failure, path: failure.path ?? failure.trace.map((entry) => entry.nodeId), broken: true }
}
