import type { Json } from '../../model/json.ts'
import { decoder } from '../decode.ts'
import { segment } from '../segment.ts'
import type { Send } from '../send.ts'

export interface CompileRequest {
  readonly flowId: string
  readonly directives?: Json
}

/** A compilation that was accepted. `status` is `QUEUED` at first; what it may be is judged by whoever follows the job. */
export interface CompileJob {
  readonly compileId: string
  readonly status: string
}

export interface Compilation {
  readonly status: string
  readonly errors?: readonly Diagnostic[] | null
  readonly warnings?: readonly Diagnostic[] | null
}

export interface Diagnostic {
  /** `SYNTAX_ERROR`, `VALIDATION_ERROR`, `REFERENCE_ERROR`, or another name of the target's. */
  readonly code: string
  readonly message: string
  /** 1-based; line 0 or absent: unknown. */
  readonly location?: { readonly line?: number | null; readonly column?: number | null } | null
}

const toCompileJob = decoder<CompileJob>('compile-job')
const toCompilation = decoder<Compilation>('compilation')

/** Starts a compilation. Resolves once the job is accepted; ask {@link getCompilation} for its end. */
export async function startCompilation(send: Send, request: CompileRequest): Promise<CompileJob> {
  return toCompileJob(
    await send({
      api: 'flow-compile',
      scopes: ['flow:write'],
      method: 'POST',
      path: `/api/v2/flows/${segment(request.flowId)}/compile`,
      ...(request.directives !== undefined && { body: { flowId: request.flowId, directives: request.directives } }),
      startsJob: true,
    }),
  )
}

/** Reads the state of a compilation. */
export async function getCompilation(send: Send, flowId: string, compileId: string): Promise<Compilation> {
  return toCompilation(
    await send({
      api: 'flow-compile-status',
      scopes: ['flow:read'],
      method: 'GET',
      path: `/api/v2/flows/${segment(flowId)}/compile/${segment(compileId)}`,
    }),
  )
}
