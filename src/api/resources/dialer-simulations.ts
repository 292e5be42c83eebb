import { isJsonObject, type Json } from '../../model/json.ts'
import { decoder } from '../decode.ts'
import { segment } from '../segment.ts'
import type { ApiAnswer, Send } from '../send.ts'

/** What is sent to start a simulation: all fields as the API names them. */
export interface SimulationRequest {
  readonly campaignId: string
  readonly virtualAgentMatrix: { readonly flowId?: string; readonly scriptId?: string; readonly language?: string }
  readonly outcomeInjection: {
    readonly enabled: boolean
    readonly dialToneProbability: number
    readonly busySignalProbability: number
    readonly noAnswerProbability: number
    readonly answerProbability: number
  }
  readonly concurrencyLimit: number
  readonly maxCalls: number
  readonly complianceBypass: boolean
  readonly webhookUrl?: string
  readonly tag: string
}

/** What became of the wish to start a simulation, where the target said so. */
export type SimulationReply =
  | {
      readonly kind: 'accepted'
      readonly id: string
      readonly state: string
      readonly latencyMs: number
      readonly httpStatus: number
      readonly correlationId?: string
    }
  /** The organization has as many active simulations as it may have; nothing was started. */
  | { readonly kind: 'busy'; readonly latencyMs: number }
  /** The request is at fault; nothing was started. */
  | { readonly kind: 'refused'; readonly latencyMs: number; readonly reasons: readonly RefusalReason[]; readonly excerpt: string }

/** One thing that the target has against a request. */
interface RefusalReason {
  /** The way to the field, without a slash in front: `outcomeInjection`, `virtualAgentMatrix/flowId`. Absent: not told. */
  readonly field?: string
  readonly message: string
}

/** How a simulation is doing. It ends in `completed` or `failed`; the target is free to name what comes before. */
export interface Simulation {
  readonly state: string
  readonly callsAttempted: number
  readonly callsCompleted: number
  readonly complianceBypassed: boolean
  readonly errors?: readonly { readonly code: string; readonly message: string }[] | null
}

/** A simulation as the list tells it. */
export interface ListedSimulation {
  readonly id: string
  readonly state: string
}

const PATH = '/api/v2/dialer/simulations'

/** What a deployment says that does not have an operation. */
const NOT_AVAILABLE: readonly number[] = [404, 405, 501]

const toJob = decoder<{ readonly id: string; readonly state: string }>('simulation-job')
const toSimulation = decoder<Simulation>('simulation')
const toList = decoder<{ readonly entities: readonly (ListedSimulation & { readonly tag?: string | null })[] }>('simulation-list')

/** Asks for a simulation. Resolves with what the target said; rejects with `UNKNOWN_OUTCOME` where it may have been started. */
export async function startSimulation(send: Send, request: SimulationRequest): Promise<SimulationReply> {
  const answer = await send({
    api: 'dialer-simulations',
    scopes: ['dialer:campaigns:write', 'dialer:simulations:write'],
    method: 'POST',
    path: PATH,
    body: { ...request },
    startsJob: true,
    accepts: ({ status }) => status === 409 || status === 422,
  })
  const { status, latencyMs } = answer
  if (status === 409) return { kind: 'busy', latencyMs }
  if (status === 422) return { kind: 'refused', latencyMs, reasons: reasonsIn(answer.body), excerpt: answer.of?.excerpt() ?? '' }
  const { id, state } = toJob(answer)
  const correlationId = answer.of?.correlationId
  return { kind: 'accepted', id, state, latencyMs, httpStatus: status, ...(correlationId === undefined ? {} : { correlationId }) }
}

/** Reads how a simulation is doing. */
export async function getSimulation(send: Send, id: string): Promise<{ readonly simulation: Simulation; readonly latencyMs: number }> {
  const answer = await send({
    api: 'dialer-simulation-status',
    scopes: ['dialer:simulations:read'],
    method: 'GET',
    path: `${PATH}/${segment(id)}`,
  })
  return { simulation: toSimulation(answer), latencyMs: answer.latencyMs }
}

/**
 * The simulations that carry a tag. Resolves with `undefined` where nobody can say: the deployment cannot list simulations, or does not
 * tell their tags.
 */
export async function findSimulations(send: Send, tag: string): Promise<readonly ListedSimulation[] | undefined> {
  const answer = await send({
    api: 'dialer-simulations',
    scopes: ['dialer:simulations:read'],
    method: 'GET',
    path: PATH,
    query: { tag },
    accepts: isNotAvailable,
  })
  if (isNotAvailable(answer)) return undefined
  const { entities } = toList(answer)
  const tagged = entities.filter((entity) => entity.tag === tag)
  const isUntold = tagged.length === 0 && entities.some((entity) => typeof entity.tag !== 'string')
  return isUntold ? undefined : tagged.map(({ id, state }) => ({ id, state }))
}

/** Ends a simulation before its time. Resolves with true, also where it was gone already; with false where the deployment cannot. */
export async function stopSimulation(send: Send, id: string): Promise<boolean> {
  const answer = await send({
    api: 'dialer-simulations',
    scopes: ['dialer:simulations:write'],
    method: 'DELETE',
    path: `${PATH}/${segment(id)}`,
    accepts: isNotAvailable,
  })
  return !isNotAvailable(answer)
}

function isNotAvailable({ status }: ApiAnswer): boolean {
  return NOT_AVAILABLE.includes(status)
}

/** Servers list faults under various names, with or without the field. */
function reasonsIn(body: Json | undefined): RefusalReason[] {
  if (!isJsonObject(body)) return []
  const list = [body['reasons'], body['errors'], body['details'], body['error']].map(listIn).find((items) => items.length > 0) ?? []
  return list.flatMap(reasonIn)
}

function listIn(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value
  return isJsonObject(value) ? listIn(value['reasons'] ?? value['errors'] ?? value['details']) : []
}

function reasonIn(item: Json): RefusalReason[] {
  if (typeof item === 'string') return [{ message: item }]
  if (!isJsonObject(item)) return []
  const { field = item['path'], message = item['detail'] ?? item['reason'] } = item
  if (typeof message !== 'string') return []
  return [{ ...(typeof field === 'string' && { field: field.replace(/^[/.$]+/, '').replaceAll('.', '/') }), message }]
}
