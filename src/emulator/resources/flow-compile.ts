import { validateCompileRequest } from '../../schema/generated/api.ts'
import type { Validator } from '../../schema/validator.ts'
import { hasBody, jsonBody } from '../body.ts'
import { jsonAnswer, refuse } from '../exchange.ts'
import { toldStatuses } from '../faults/job-course.ts'
import { openJob } from '../open-job.ts'
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
    const job = world.compilations.find(flowId, compileId)
    if (!job) throw refuse(404, 'compilation_not_found', `flow "${flowId}" has no compilation "${compileId}"`)
    const status = world.compilations.check(job)
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

function startJob(flowId: string, exchange: Exchange, world: World): { readonly id: string } {
  const record = openJob(exchange, world, { kind: 'compile', subject: flowId })
  const course = exchange.disturbance?.job
  return world.compilations.add({
    id: record.id,
    flowId,
    diagnosis: world.diagnosisOf(flowId),
    failsAnyway: course === 'failed',
    record,
    statuses: toldStatuses(course, ['QUEUED', 'IN_PROGRESS']),
  })
}
