import { type Diagnostic as ApiDiagnostic, type Compilation, getCompilation, startCompilation } from '../api/resources/flow-compile.ts'
import { type Diagnostic, diagnostics } from '../assertions/diagnostics.ts'
import { duration } from '../assertions/duration.ts'
import { status } from '../assertions/status.ts'
import type { JsonObject } from '../model/json.ts'
import { aboutFlow } from './about-flow.ts'
import { compilationFailed } from './compilation-failed.ts'
import { hasEnded, type JobLife } from './job-life.ts'
import { pollJob } from './poll-job.ts'
import { flowIdOf } from './step-input.ts'
import type { StepContext, StepKind } from './step-kind.ts'

/** A compilation that came to its end. A type and no interface, so that it is JSON as it stands. */
export type CompileObservation = {
  readonly flowId: string
  readonly compileId: string
  readonly status: string
  readonly errors: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  /** From the answer that accepted the job to the answer that told its end. */
  readonly durationMs: number
}

const LIFE: JobLife = { open: ['QUEUED', 'IN_PROGRESS'], ended: ['COMPLETED', 'FAILED'] }

/** Starts a compilation and waits for its end; a compilation that fails is an observation like any other. */
export const compile: StepKind<CompileObservation> = {
  key: 'compile',
  run: (input, context) => context.openJob(() => runCompilation(input, context)),
  expectations: {
    status: (expected, observation) => status(expected, observation.status),
    errors: (expected, observation) => diagnostics('error', expected, observation.errors),
    warnings: (expected, observation) => diagnostics('warning', expected, observation.warnings),
    duration: (expected, observation) => duration(expected, observation.durationMs, 'the compilation'),
  },
  implied: compilationFailed,
  outputs: (observation) => observation,
}

async function runCompilation(input: JsonObject, context: StepContext): Promise<CompileObservation> {
  const flowId = flowIdOf(input)
  const { directives } = input
  const about = { job: 'compile', subject: flowId } as const
  context.note({ ...about, phase: 'validated', ...(directives === undefined ? {} : { payload: { directives } }) })
  context.note({ ...about, phase: 'dispatched' })
  const accepted = await aboutFlow(startCompilation(context.send, { flowId, ...(directives === undefined ? {} : { directives }) }))
  const { compileId } = accepted
  const { state, durationMs } = await pollJob<Compilation>(
    {
      kind: 'compile',
      id: compileId,
      name: `compilation ${compileId} of flow "${flowId}"`,
      status: accepted.status,
      life: LIFE,
      look: () => getCompilation(context.send, flowId, compileId),
      facts: (seen) => ({
        subject: flowId,
        ...(seen && hasEnded(LIFE, seen.status) && { result: { status: seen.status, ...told(seen) } }),
      }),
    },
    context,
  )
  return { flowId, compileId, status: state.status, ...told(state), durationMs: Math.round(durationMs) }
}

function told({ errors, warnings }: Compilation): Pick<CompileObservation, 'errors' | 'warnings'> {
  return { errors: (errors ?? []).map(toDiagnostic), warnings: (warnings ?? []).map(toDiagnostic) }
}

/** Line 0 means that the target does not know the line, and then the column says nothing either. */
function toDiagnostic({ code, message, location }: ApiDiagnostic): Diagnostic {
  const line = location?.line ?? 0
  const column = location?.column ?? 0
  if (line < 1) return { code, message }
  return { code, message, line, ...(column < 1 ? {} : { column }) }
}
