import { getFlow } from '../api/resources/flow.ts'
import { debugFlow } from '../api/resources/flow-debug.ts'
import { avoids } from '../assertions/avoids.ts'
import { duration } from '../assertions/duration.ts'
import { exitNode } from '../assertions/exit-node.ts'
import { judgeLoops, loops } from '../assertions/loops.ts'
import { path } from '../assertions/path.ts'
import { routedTo, routes } from '../assertions/routed-to.ts'
import { status } from '../assertions/status.ts'
import { variables } from '../assertions/variables.ts'
import { variablesAt } from '../assertions/variables-at.ts'
import { visits } from '../assertions/visits.ts'
import type { JsonObject } from '../model/json.ts'
import type { Trace } from '../model/trace.ts'
import type { VisitBounds } from '../model/visit-bounds.ts'
import { aboutFlow } from './about-flow.ts'
import { callBroke } from './call-broke.ts'
import { flowIdOf, numberOf, objectOf, textOf } from './step-input.ts'
import type { StepContext, StepKind } from './step-kind.ts'
import { toTrace } from './to-trace.ts'

/** How often a node may be visited before the target breaks the call off, where the author does not say. */
const USUAL_MAX_LOOPS = 50

/** Lets a caller go through a flow, virtually, and observes the way; a flow that breaks is an observation with status `Error`. */
export const debug = {
  key: 'debug',
  run: runCall,
  expectations: {
    path,
    visits,
    avoids,
    exitNode,
    routedTo,
    status: (expected, trace) => status(expected, trace.status),
    variables: (expected, trace) => variables(expected, trace.variables, 'variables'),
    variablesAt,
    duration: (expected, trace) => duration(expected, trace.durationMs, 'the call'),
    loops,
  },
  implied: (expect, trace) => [...callBroke(expect, trace), ...judgeLoops(expect, trace, knownBounds.get(trace))],
  outputs,
} satisfies StepKind<Trace>

/** What a virtual call needs of the world. */
type CallContext = Pick<StepContext, 'send' | 'shared' | 'visitBounds'>

async function runCall(input: JsonObject, context: CallContext): Promise<Trace> {
  const flowId = flowIdOf(input)
  const dtmf = textOf(input, 'dtmf')
  const speech = textOf(input, 'speech')
  const given = objectOf(input, 'variables')
  const result = await aboutFlow(
    debugFlow(context.send, {
      flowId,
      input: { ...(dtmf === undefined ? {} : { dtmf }), ...(speech === undefined ? {} : { speech }) },
      options: { trace: true, includeVariables: true, maxLoops: numberOf(input, 'maxLoops') ?? USUAL_MAX_LOOPS },
      ...(given === undefined ? {} : { variables: given }),
    }),
  )
  const trace = toTrace(flowId, result)
  const bounds = await boundsFor(trace, context)
  if (bounds) knownBounds.set(trace, bounds)
  return trace
}

/** What the flow of a trace says about its loops; beside the trace, since it is no observation of the call. */
const knownBounds = new WeakMap<Trace, VisitBounds>()

/** Only a call that looks as if it went round in vain is worth a request; each flow is asked for once in a run. */
async function boundsFor(trace: Trace, { send, shared, visitBounds }: CallContext): Promise<VisitBounds | undefined> {
  if (!visitBounds || judgeLoops({}, trace).length === 0) return undefined
  const read = async (): Promise<VisitBounds | undefined> => {
    const { definition } = await getFlow(send, trace.flowId)
    return definition === undefined ? undefined : visitBounds(definition)
  }
  // A target that does not tell the definition leaves the trace to be judged by itself.
  return shared(`bounds of ${trace.flowId}`, () => read().catch(() => undefined))
}

function outputs(trace: Trace): JsonObject {
  const routed = routes(trace)
  return {
    flowId: trace.flowId,
    status: trace.status,
    exitNode: trace.exitNode,
    path: trace.visits.map((visit) => visit.node),
    variables: trace.variables,
    routedTo: routed.at(-1),
    routes: routed,
    durationMs: trace.durationMs,
  }
}
