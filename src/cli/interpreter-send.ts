import type { ApiAnswer, ApiRequest, Send } from '../api/send.ts'
import { debugAnswer } from '../emulator/resources/debug-answer.ts'
import { diagnose } from '../flow/diagnose.ts'
import { execute, USUAL_MAX_LOOPS } from '../flow/execute.ts'
import type { Flow } from '../flow/flow.ts'
import type { Library } from '../flow/library.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import { ProblemError } from '../model/problem.ts'
import type { Trace } from '../model/trace.ts'

/** The part of the API that virtual calls need, answered by the interpreter itself. */
export interface InterpreterSend {
  readonly send: Send
  /** The last call, with its branches, which no answer tells. */
  readonly lastTrace: () => Trace | undefined
}

const FLOW_PATH = '/api/v2/flows/'

/** Answers as the emulator would, without text in between, tokens, limits or faults. `date` is the time of every call. */
export function interpreterSend(flows: Library, date: () => Date): InterpreterSend {
  const errors = new Map<Flow, ReturnType<typeof diagnose>['errors']>()
  let last: Trace | undefined
  const call = (body: JsonObject): ApiAnswer => {
    const flow = find(flows, body['flowId'])
    const maxLoops = numberIn(objectIn(body, 'options'), 'maxLoops') ?? USUAL_MAX_LOOPS
    const trace = execute(flow, { ...enteredIn(body), maxLoops }, { flows, date })
    last = trace
    const known = errors.get(flow) ?? diagnose(flow, flows).errors
    errors.set(flow, known)
    return answerOf(debugAnswer(trace, { maxLoops, includeVariables: true }, known))
  }
  return {
    lastTrace: () => last,
    async send({ method, path, body }: ApiRequest) {
      if (method === 'POST') return call(isJsonObject(body) ? body : {})
      const { flowId, version, definition } = find(flows, decodeURIComponent(path.slice(FLOW_PATH.length)))
      return answerOf({ status: 200, body: { flowId, version, ...(definition ? { definition } : {}) } })
    },
  }
}

function answerOf({ status, body }: { readonly status: number; readonly body: JsonObject }): ApiAnswer {
  return { status, headers: {}, body, latencyMs: 0, attempts: 1 }
}

function find(flows: Library, flowId: unknown): Flow {
  const flow = typeof flowId === 'string' ? flows.get(flowId) : undefined
  if (flow) return flow
  throw new ProblemError({ code: 'NOT_FOUND', message: `there is no flow ${JSON.stringify(flowId)}` })
}

function enteredIn(body: JsonObject): { readonly dtmf: string; readonly speech: string; readonly variables: JsonObject } {
  const { dtmf, speech } = objectIn(body, 'input')
  return {
    dtmf: typeof dtmf === 'string' ? dtmf : '',
    speech: typeof speech === 'string' ? speech : '',
    variables: objectIn(body, 'variables'),
  }
}

function objectIn(body: JsonObject, name: string): JsonObject {
  const value = body[name]
  return isJsonObject(value) ? value : {}
}

function numberIn(body: JsonObject, name: string): number | undefined {
  const value = body[name]
  return typeof value === 'number' ? value : undefined
}
