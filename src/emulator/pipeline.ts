import { type EmulatorAnswer, type EmulatorRequest, emptyAnswer, Refusal, refuse } from './exchange.ts'
import { disturb } from './faults/disturb.ts'
import type { Disturbance } from './faults/disturbance.ts'
import type { OpenEntry } from './history.ts'
import { isLocal } from './is-local.ts'
import { newEntry } from './new-entry.ts'
import { authorize, bearerToken } from './oauth/bearer.ts'
import type { Exchange, Operation } from './operation.ts'
import { createRouter, type Route } from './router.ts'
import { type RequestTarget, readTarget } from './target.ts'
import { TenantLimits } from './tenant-limits.ts'
import { unrouted } from './unrouted.ts'
import type { World } from './world.ts'

/** Harmless in a header and in a log. */
const CORRELATION_ID = /^[\x20-\x7e]{1,200}$/

type Recorded = Exchange & { readonly entry: OpenEntry }

/**
 * What every request goes through: its route, its entry in the history, the fault plan, its token, the tenant's limits, its
 * operation. Rejects with the reason of the request's signal, and where the emulator itself has a bug.
 */
export function createPipeline(operations: readonly Operation[], world: World): (request: EmulatorRequest) => Promise<EmulatorAnswer> {
  const findRoute = createRouter(operations)
  const limits = new TenantLimits(world.settings.clock, world.settings.limits)

  async function answerTo(request: EmulatorRequest, correlationId: string): Promise<EmulatorAnswer> {
    const target = readTarget(request.url)
    const route = findRoute(target.path)
    const operation = route?.operation(request.method)
    if (route && operation?.access === 'local') return operation.answer(localExchange(request, target, route), world)
    const entry = world.recorder.open(newEntry(request, { path: target.path, operation, correlationId }, world.settings.clock))
    try {
      const answer = await disturbed({ request, params: route?.params ?? {}, query: target.query, entry }, operation, route)
      close(entry, answer)
      return answer
    } finally {
      world.recorder.close(entry)
    }
  }

  async function disturbed(exchange: Recorded, operation: Operation | undefined, route: Route | undefined): Promise<EmulatorAnswer> {
    const disturbance = world.faults.disturbanceOf(exchange.entry.api)
    if (!disturbance) return carriedOut(exchange, operation, route)
    exchange.entry.fault = disturbance.label
    endToken(exchange.request, disturbance, world)
    const real = disturbance.isCarriedOut ? await carriedOut({ ...exchange, disturbance }, operation, route) : undefined
    const answer = disturb(disturbance.answer ?? real ?? emptyAnswer(503), disturbance, () => world.settings.clock.date())
    if (disturbance.delayMs > 0) await world.settings.clock.sleep(disturbance.delayMs, exchange.request.signal)
    return answer
  }

  async function carriedOut(exchange: Recorded, operation: Operation | undefined, route: Route | undefined): Promise<EmulatorAnswer> {
    try {
      if (!operation) return unrouted(exchange.request, route)
      if (typeof operation.access === 'object') allow(exchange, operation.access.scopes, world)
      return await withinLimits(exchange, operation)
    } catch (error) {
      return refusalOf(error)
    }
  }

  async function withinLimits(exchange: Exchange, operation: Operation): Promise<EmulatorAnswer> {
    const leave = limits.enter(operation.api)
    try {
      const latencyMs = world.settings.latenciesMs[operation.api] ?? 0
      if (latencyMs > 0) await world.settings.clock.sleep(latencyMs, exchange.request.signal)
      return await operation.answer(exchange, world)
    } finally {
      leave()
    }
  }

  function close(entry: OpenEntry, { status, delivery }: EmulatorAnswer): void {
    if (delivery?.drop !== 'before-answer') entry.status = status
    entry.answeredAtMs = world.settings.clock.now()
  }

  return async (request) => {
    const correlationId = correlationIdOf(request) ?? world.settings.newId()
    const answer = await answerTo(request, correlationId).catch(refusalOf)
    const headers = { ...answer.headers, 'x-correlation-id': correlationId }
    if (request.method !== 'HEAD') return { ...answer, headers }
    return { ...answer, headers: { ...headers, 'content-length': String(Buffer.byteLength(answer.body)) }, body: '' }
  }
}

function refusalOf(error: unknown): EmulatorAnswer {
  if (error instanceof Refusal) return error.answer
  throw error
}

function localExchange(request: EmulatorRequest, { query }: RequestTarget, { params }: Route): Exchange {
  if (isLocal(request)) return { request, params, query }
  throw refuse(403, 'not_local', 'this resource is for requests from the same machine')
}

function allow({ request, entry }: Recorded, scopes: readonly string[], { tokens }: World): void {
  entry.clientId = authorize(request.headers['authorization'], scopes, tokens).clientId
}

function endToken(request: EmulatorRequest, { token: end }: Disturbance, { tokens }: World): void {
  const token = bearerToken(request.headers['authorization'])
  if (end && token !== undefined) tokens.end(token, end)
}

function correlationIdOf({ headers }: EmulatorRequest): string | undefined {
  const id = headers['x-correlation-id']
  return id !== undefined && CORRELATION_ID.test(id) ? id : undefined
}
