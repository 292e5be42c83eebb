import { validateCompileRequest } from '../../schema/generated/api.ts'
import type { Validator } from '../../schema/validator.ts'
import { hasBody, jsonBody } from '../body.ts'
import { jsonAnswer, refuse } from '../exchange.ts'
import { type Exchange, type Operation, pathParameter } from '../operation.ts'
import type { World } from '../world.ts'
import { toDiagnostics } from './diagnostics.ts'
import { findFlow } from './find-flow.ts'

const PATH = '/api/v2/flows/:flowId/compile'

const isCompileRequest: Validator<{ readonly flowId: string }> = validateCompileRequest

/** Starts a compilation: 201 with the job, and where to ask for it. */
export const flowCompile: Operation = {
  api: 'flow-compile',
  method: 'POST',
  paths: [PATH],
  access: { scopes: ['flow:write'] },
  answer(exchange, world) {
    const flowId = pathParameter(exchange, 'flowId')
    refuseAnotherFlow(exchange, flowId)
    const { id } = startJob(findFlow(world, flowId).flowId, exchange, world)
    const location = `/api/v2/flows/${encodeURIComponent(flowId)}/compile/${encodeURIComponent(id)}`
    return jsonAnswer(201, { compileId: id, status: 'QUEUED' }, { location })
  },
}

/** Tells the status of a compilation, and what the compiler found once it has ended. */
export const flowCompileStatus: Operation = {
  api: 'flow-compile-status',
  method: 'GET',
  paths: [`${PATH}/:compileId`],
  access: { scopes: ['flow:read'] },
  answer(exchange, world) {
    const flowId = pathParameter(exchange, 'flowId')
    const compileId = pathParameter(exchange, 'compileId')
    const job = world.jobs.find(flowId, compileId)
    if (!job) throw refuse(404, 'compilation_not_found', `flow "${flowId}" has no compilation "${compileId}"`)
    const status = world.jobs.check(job)
    const hasEnded = status === 'COMPLETED' || status === 'FAILED'
    return jsonAnswer(200, { flowId, status, ...(hasEnded && toDiagnostics(job.diagnosis)) })
  },
}

function refuseAnotherFlow({ request }: Exchange, flowId: string): void {
  if (!hasBody(request)) return
  const named = jsonBody(request, isCompileRequest).flowId
  if (named === flowId) return
  const reasons = [{ field: '/flowId', message: `is "${named}", and the path names "${flowId}"` }]
  throw refuse(422, 'invalid_request', 'path and body name different flows', { reasons })
}

function startJob(
  flowId: string,
  { entry, disturbance }: Exchange,
  { settings, jobs, recorder, diagnosisOf }: World,
): { readonly id: string } {
  const id = settings.newId()
  const { clock } = settings
  const record = {
    id,
    kind: 'compile',
    flowId,
    request: entry?.id ?? 0,
    startedAtMs: clock.now(),
    startedAt: clock.date().toISOString(),
    statuses: [],
  }
  recorder.addJob(record)
  if (entry) entry.job = id
  return jobs.add({ id, flowId, diagnosis: diagnosisOf(flowId), record, statuses: disturbance?.jobStatuses })
}
