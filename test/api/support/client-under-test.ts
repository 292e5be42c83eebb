import type { ApiTarget, ClientOptions } from '../../../src/api/client-options.ts'
import { createClient } from '../../../src/api/create-client.ts'
import type { ApiRequest, CallContext, Client, RequestEvent, Send } from '../../../src/api/send.ts'
import { type Problem, ProblemError } from '../../../src/model/problem.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import type { MemoryTarget } from './memory-target.ts'

export const TARGET: ApiTarget = {
  name: 'staging',
  baseUrl: 'http://api.internal',
  tokenUrl: 'http://api.internal/oauth/token',
  clientAuthentication: 'basic',
  grantIn: 'body',
  clientId: 'client-7',
  clientSecret: 's3cret-value',
}

export const READ: ApiRequest = { api: 'flow-read', scopes: ['flow:read'], method: 'GET', path: '/api/v2/flows/main' }
export const DEBUG: ApiRequest = {
  api: 'flow-debug',
  scopes: ['flow:debug', 'flow:read'],
  method: 'POST',
  path: '/api/v2/flows/debug',
  body: { flowId: 'main' },
}
export const START: ApiRequest = {
  api: 'flow-compile',
  scopes: ['flow:write'],
  method: 'POST',
  path: '/api/v2/flows/main/compile',
  startsJob: true,
}

export interface ClientUnderTest {
  readonly client: Client
  readonly clock: FakeClock
  readonly events: RequestEvent[]
  readonly controller: AbortController
  readonly send: Send
  /** A further context of the same client. */
  readonly with: (context?: Partial<CallContext>) => Send
}

/** A client over an API in memory, on a fake clock that jumps to the next sleeper (or, with `manual`, moves when told to). */
export function clientUnderTest(target: MemoryTarget, options: Partial<ClientOptions> & { manual?: boolean } = {}): ClientUnderTest {
  const clock = new FakeClock({ auto: !options.manual })
  const events: RequestEvent[] = []
  const controller = new AbortController()
  let ids = 0
  const client = createClient({
    target: TARGET,
    limits: { requestsAtOnce: 8, apis: {} },
    timeouts: { callMs: 60_000 },
    clock,
    random: () => 1,
    transport: target.transport,
    correlationId: () => `id-${ids++}`,
    userAgent: 'cxspec/0.0.0',
    ...options,
  })
  const bind = (context: Partial<CallContext> = {}): Send =>
    client.with({ signal: controller.signal, observe: (event) => events.push(event), ...context })
  return { client, clock, events, controller, send: bind(), with: bind }
}

/** The problem that a promise rejects with; fails where it resolves or rejects with something else. */
export async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  try {
    await promise
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('expected a problem, but the promise resolved')
}

/** The waits before further attempts, in milliseconds, as the events tell them. */
export function delays(events: readonly RequestEvent[]): number[] {
  return events.filter((event) => event.type === 'request-retried').map((event) => event.delayMs)
}
