import { randomUUID } from 'node:crypto'
import type { Library } from '../flow/library.ts'
import type { Clock } from '../model/clock.ts'
import type { Actions } from './actions/action.ts'
import type { AgentDirectory } from './agents/agent.ts'
import { type DialerOptions, type DialerSettings, resolveDialer } from './dialer/dialer-options.ts'
import type { FaultPlan } from './faults/fault-plan.ts'
import type { EmulatorClient } from './oauth/token-store.ts'
import { ALL_SCOPES } from './scopes.ts'
import type { Deliver } from './webhooks/deliver.ts'
import { resolveWebhooks, type WebhookOptions, type WebhookSettings } from './webhooks/webhook-options.ts'

/** What an emulator is made of. Only `flows` and `clock` are needed. */
export interface EmulatorOptions {
  readonly flows: Library
  readonly clock: Clock
  /** Who may ask for tokens. @default one: `DEFAULT_CLIENT` */
  readonly clients?: readonly EmulatorClient[]
  /** Lifetime of a token. @default 3600 */
  readonly tokenLifetimeS?: number
  readonly compile?: CompileTimes
  /** What a tenant allows, by API; a request beyond is answered 429. @default three status checks of compilations at once, a hundred starts and a hundred checks of executions a second, five changes of agents a second */
  readonly limits?: Readonly<Record<string, TenantLimit>>
  /** How long an answer takes, by API, in milliseconds. @default 20 for a status check, else 0 */
  readonly latenciesMs?: Readonly<Record<string, number>>
  /** Faults from the start. @default none */
  readonly faults?: FaultPlan
  /** Requests, and jobs, that the history keeps. @default 100000 */
  readonly historyLimit?: number
  /** Largest request body, in bytes. @default 1048576 */
  readonly maxBodyBytes?: number
  /** Makes tokens and the ids of jobs. @default a random UUID */
  readonly newId?: () => string
  /** Of everything that is drawn: the same requests then come to the same calls. @default 1 */
  readonly seed?: number
  readonly dialer?: DialerOptions
  /** Data actions by their id. @default none */
  readonly actions?: Actions
  /** Agents by their id. @default none */
  readonly agents?: AgentDirectory
  /** How many skills of an agent a page has. @default 25 */
  readonly skillsPerPage?: number
  /** How long an execution is known after its end. @default 600000 */
  readonly executionLifetimeMs?: number
  /** How webhooks are sent. */
  readonly webhooks?: WebhookOptions
  /** Sends webhooks. @default nothing can be reached */
  readonly deliver?: Deliver
}

/** How long a compilation stays in each status. */
export interface CompileTimes {
  /** @default 50 */
  readonly queuedMs?: number
  /** @default 200 */
  readonly inProgressMs?: number
}

export interface TenantLimit {
  /** Requests in work at once. */
  readonly atOnce?: number
  /** Requests in any window of a second. */
  readonly perSecond?: number
  /** Time between two requests. */
  readonly spacingMs?: number
}

export interface EmulatorSettings extends Required<Omit<EmulatorOptions, 'compile' | 'dialer' | 'webhooks'>> {
  readonly compile: Required<CompileTimes>
  readonly dialer: DialerSettings
  readonly webhooks: WebhookSettings
}

/** The client that every emulator knows unless it is told others. It guards nothing: an emulator serves made-up flows. */
export const DEFAULT_CLIENT: EmulatorClient = { id: 'emulator-client', secret: 'emulator-secret', scopes: ALL_SCOPES }

const USUAL_LIMITS: Readonly<Record<string, TenantLimit>> = {
  'flow-compile-status': { atOnce: 3 },
  'data-actions': { perSecond: 100 },
  'data-action-status': { perSecond: 100 },
  'agent-workmodes': { perSecond: 5 },
}

/** Fills in what was left out. Limits and latencies are given for an API at a time, and replace only that API's default. */
export function resolveOptions(options: EmulatorOptions): EmulatorSettings {
  return {
    clients: [DEFAULT_CLIENT],
    tokenLifetimeS: 3_600,
    faults: { faults: [] },
    historyLimit: 100_000,
    maxBodyBytes: 1_048_576,
    newId: randomUUID,
    seed: 1,
    actions: new Map(),
    executionLifetimeMs: 600_000,
    agents: new Map(),
    skillsPerPage: 25,
    deliver: () => Promise.reject(new Error('this emulator has no way to post anything')),
    ...options,
    dialer: resolveDialer(options.dialer),
    webhooks: resolveWebhooks(options.webhooks),
    compile: { queuedMs: 50, inProgressMs: 200, ...options.compile },
    limits: { ...USUAL_LIMITS, ...options.limits },
    latenciesMs: { 'flow-compile-status': 20, ...options.latenciesMs },
  }
}
