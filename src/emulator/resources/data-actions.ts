import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts'
import { validateExecutionRequest } from '../../schema/generated/api.ts'
import type { Validator } from '../../schema/validator.ts'
import type { Action } from '../actions/action.ts'
import { jsonBody } from '../body.ts'
import { jsonAnswer, type Reason, refuse } from '../exchange.ts'
import { openJob } from '../open-job.ts'
import { type Exchange, type Operation, pathParameter } from '../operation.ts'
import { refusesUrl } from '../webhooks/refuses-url.ts'
import type { World } from '../world.ts'

interface ExecutionRequest {
  readonly inputs: JsonObject
  readonly context?: { readonly callbackUrl?: string | null } | null
  readonly asyncExecution: true
}

const isExecutionRequest: Validator<ExecutionRequest> = validateExecutionRequest

const PATH = '/api/v2/dx/actions/:actionId'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Starts an execution: 202 with its id. Refused with 400 and every reason: a correlation id that is no UUID, an unknown field, inputs that the action does not take. */
export const dataActions: Operation = {
  api: 'data-actions',
  method: 'POST',
  paths: [`${PATH}/execute`],
  access: { scopes: ['dx:actions:execute'] },
  async answer(exchange, world) {
    const correlationId = correlationIdOf(exchange)
    const actionId = pathParameter(exchange, 'actionId')
    const action = findAction(actionId, world)
    const inputReasons = await inputChecker(action)
    const { inputs, context } = jsonBody(exchange.request, isExecutionRequest, {
      status: 400,
      further: (body) => (isJsonObject(body) ? [...inputReasons(body['inputs']), ...callbackReasons(body['context'], world)] : []),
    })
    const record = openJob(exchange, world, { kind: 'execution', subject: actionId })
    const { callbackUrl } = context ?? {}
    const course = exchange.disturbance?.job
    const body = world.executions.start({ action, inputs, correlationId, course, ...(callbackUrl && { callbackUrl }) }, record)
    const location = `/api/v2/dx/actions/${encodeURIComponent(actionId)}/executions/${encodeURIComponent(record.id)}`
    return jsonAnswer(202, body, { location })
  },
}

/** Tells how an execution is doing; 404 where it is unknown, or has expired. */
export const dataActionStatus: Operation = {
  api: 'data-action-status',
  method: 'GET',
  paths: [`${PATH}/executions/:executionId`],
  access: { scopes: ['dx:actions:read'] },
  answer(exchange, world) {
    correlationIdOf(exchange)
    const actionId = pathParameter(exchange, 'actionId')
    const executionId = pathParameter(exchange, 'executionId')
    const body = world.executions.tell(actionId, executionId)
    if (body) return jsonAnswer(200, body)
    throw refuse(404, 'execution_not_found', `action "${actionId}" has no execution "${executionId}", or no longer`)
  },
}

function correlationIdOf({ request }: Exchange): string {
  const id = request.headers['x-correlation-id']
  if (id !== undefined && UUID.test(id)) return id
  const message = id === undefined ? 'is missing' : 'is no UUID'
  throw refuse(400, 'invalid_request', `the header X-Correlation-ID ${message}`, { reasons: [{ field: 'X-Correlation-ID', message }] })
}

function findAction(actionId: string, { settings }: World): Action {
  const action = settings.actions.get(actionId)
  if (action) return action
  throw refuse(404, 'action_not_found', `there is no data action "${actionId}"`)
}

/** The library behind it is loaded only where an action declares its inputs. */
async function inputChecker({ inputs: schema }: Action): Promise<(inputs: Json | undefined) => Reason[]> {
  if (!schema) return () => []
  const { inputReasons } = await import('../actions/input-reasons.ts')
  return (inputs) => (isJsonObject(inputs) ? inputReasons(inputs, schema) : [])
}

function callbackReasons(context: Json | undefined, { settings }: World): Reason[] {
  const url = isJsonObject(context) ? context['callbackUrl'] : undefined
  const refusal = typeof url === 'string' ? refusesUrl(url, settings.webhooks.allowedOrigins) : undefined
  return refusal === undefined ? [] : [{ field: '/context/callbackUrl', message: refusal }]
}
