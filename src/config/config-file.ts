import type { CallState } from '../model/call-event.ts'
import type { JsonObject } from '../model/json.ts'
import type { CredentialSource, NotificationEvent } from './settings.ts'

/** What `cxspec.config.yaml` holds, as `schemas/config.schema.json` describes it. */
export interface ConfigFile {
  readonly $schema?: string
  readonly target?: string
  readonly targets?: Readonly<Record<string, TargetEntry>>
  readonly scenarios?: readonly string[]
  readonly emulator?: { readonly flows?: readonly string[] }
  readonly limits?: LimitsEntry
  readonly simulations?: SimulationsEntry
  readonly executions?: ExecutionsEntry
  readonly webhooks?: WebhooksEntry
  readonly timeouts?: Readonly<Partial<Record<TimeoutName, string>>>
  readonly retries?: number
  readonly strict?: boolean
  readonly failOnFlaky?: boolean
  readonly quarantine?: string
  readonly reporters?: readonly (string | JsonObject)[]
  readonly output?: string
  readonly vars?: JsonObject
  readonly secrets?: readonly CredentialSource[]
}

interface WebhooksEntry {
  readonly receiver?: {
    readonly host?: string
    readonly port?: number
    readonly publicUrl?: string
    readonly secret?: CredentialSource
  }
  readonly notifications?: readonly NotificationEntry[]
}

interface NotificationEntry {
  readonly url: string
  readonly secret: CredentialSource
  readonly events?: readonly NotificationEvent[]
}

export type TimeoutName = 'connect' | 'headers' | 'body' | 'call' | 'step' | 'simulation' | 'scenario' | 'run'

export interface LimitsEntry {
  readonly requestsAtOnce?: number
  readonly jobsOpen?: number
  readonly answerSize?: string
  readonly apis?: Readonly<Record<string, ApiLimitEntry>>
}

export interface SimulationsEntry {
  readonly active?: number
  readonly maxConcurrency?: number
  readonly pollEvery?: string
  readonly callEvents?: boolean
  readonly callStates?: Readonly<Record<string, CallState>>
  readonly webhookUrls?: readonly string[]
}

interface ExecutionsEntry {
  readonly callbackUrls?: readonly string[]
}

export interface ApiLimitEntry {
  readonly atOnce?: number
  readonly perSecond?: number
  readonly spacing?: string
}

export interface TargetEntry {
  readonly preset?: string
  readonly org?: string
  readonly site?: string
  readonly organization?: string
  readonly region?: string
  readonly baseUrl?: string
  readonly tokenUrl?: string
  readonly clientAuthentication?: 'basic' | 'form'
  readonly grantIn?: 'body' | 'query'
  readonly scope?: string
  readonly clientId?: CredentialSource
  readonly clientSecret?: CredentialSource
  readonly limits?: LimitsEntry
  readonly simulations?: SimulationsEntry
  readonly executions?: ExecutionsEntry
  readonly flows?: readonly string[]
}
