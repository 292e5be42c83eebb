import type { CallState } from '../model/call-event.ts'
import type { JsonObject } from '../model/json.ts'
import type { QuarantineEntry } from './quarantine.ts'

/** Everything that can be configured, complete with defaults. Times in milliseconds. Credentials are read apart: see `readCredentials`. */
export interface Settings {
  readonly target: TargetSettings
  /** Between here and the target; absent: nothing. */
  readonly proxy?: ProxySettings
  /** Globs of scenario files, relative to the working directory. */
  readonly scenarios: readonly string[]
  readonly limits: Limits
  readonly simulations: Simulations
  readonly executions: Executions
  readonly webhooks: WebhookSettings
  readonly timeouts: Timeouts
  /** How often a scenario is tried again when it does not pass. */
  readonly retries: number
  /** Whether too little evidence is a failure. */
  readonly strict: boolean
  /** Whether a scenario that passes on a later try only counts as failed. */
  readonly failOnFlaky: boolean
  /** Scenarios whose failures are excused for a time. */
  readonly quarantine: readonly QuarantineEntry[]
  readonly reporters: readonly ReporterSettings[]
  /** Folder of the journal and of reports without a path of their own. */
  readonly output: string
  /** Placeholders that every file may use. */
  readonly vars: JsonObject
  /** Placeholders from the command line; they win over a file's own. */
  readonly flagVars: JsonObject
  /** Folders of flows: what the emulator serves, and what `validate` looks at. */
  readonly flows: readonly string[]
}

/** A target as configured: its credentials are only named. */
export type TargetSettings = EmulatorTarget | RemoteTargetSettings

/** The embedded emulator, in memory. */
export interface EmulatorTarget {
  readonly kind: 'emulator'
  readonly name: string
  /** Folders of the flows that it serves. */
  readonly flows: readonly string[]
}

export interface RemoteTargetSettings {
  readonly kind: 'remote'
  readonly name: string
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly tokenUrl: string
  /** How the client proves itself to the token endpoint. */
  readonly clientAuthentication: 'basic' | 'form'
  /** Where `grant_type` stands. */
  readonly grantIn: 'body' | 'query'
  /** Sent with the token request; absent: everything that the client is granted. */
  readonly scope?: string
  readonly credentials: { readonly clientId: CredentialSource; readonly clientSecret: CredentialSource }
}

export interface RemoteTarget extends Omit<RemoteTargetSettings, 'credentials'> {
  readonly clientId: string
  readonly clientSecret: string
}

/** Where a credential stands: an environment variable (or the file that `NAME_FILE` names), or a file. Never the value itself. */
export type CredentialSource = { readonly env: string } | { readonly file: string }

/** The proxies of the environment. Their addresses may hold credentials. */
export interface ProxySettings {
  /** For `http:`, and for `https:` where that has none of its own. */
  readonly http?: string
  readonly https?: string
  /** Hosts that are asked directly, with what stands below them. */
  readonly except: readonly string[]
}

export interface Limits {
  /** Requests in flight at once, and so scenarios that work at once. */
  readonly requestsAtOnce: number
  /** Jobs (compilations) that are started and have not ended. */
  readonly jobsOpen: number
  /** Limits of one API each, by its name (`flow-debug`, `flow-compile-status`, …). */
  readonly apis: Readonly<Record<string, ApiLimit>>
  /** Largest answer that is read, in bytes after decompression. */
  readonly answerBytes: number
}

/** How data actions are executed. */
export interface Executions {
  /** Addresses, letter by letter, that a scenario may name as the `callbackUrl` of an execution. */
  readonly callbackUrls: readonly string[]
}

/** How dialer simulations run. */
export interface Simulations {
  /** Simulations that are started and have not ended: how many the organization allows. */
  readonly active: number
  /** The largest `concurrencyLimit` that the organization allows. */
  readonly maxConcurrency: number
  /** How often a simulation is looked at while nobody knows how long such simulations take. */
  readonly pollEveryMs: number
  /** Whether simulations tell of their calls where the scenario does not say. */
  readonly callEvents: boolean
  /** States of calls as this deployment names them, by the names that cxspec knows. */
  readonly callStates: Readonly<Record<string, CallState>>
  /** Whether the target reaches a receiver here: it is on this machine, or the receiver has an address for others. */
  readonly reachesUs: boolean
  /** Addresses, letter by letter, that a scenario may name as its `webhookUrl`. */
  readonly webhookUrls: readonly string[]
}

export interface WebhookSettings {
  readonly receiver: ReceiverSettings
  readonly notifications: readonly NotificationSettings[]
}

/** Where the target POSTs to, should a step want that. */
export interface ReceiverSettings {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  /** Where the target finds the receiver, without a slash at the end; absent: where it listens. */
  readonly publicUrl?: string
  /** Where the key stands with which deliveries have to be signed; absent: the secret path alone proves them. */
  readonly secret?: CredentialSource
}

/** Somebody who is told of what happens. */
export interface NotificationSettings {
  readonly url: string
  readonly secret: CredentialSource
  readonly events: readonly NotificationEvent[]
}

/** A compilation has another status; a run started; it came to its end. */
export type NotificationEvent = 'compile-changed' | 'run-started' | 'run-finished'

export interface ApiLimit {
  /** Requests in flight at once. */
  readonly atOnce?: number
  /** At most this many requests start in any window of a second. */
  readonly perSecond?: number
  /** At least so much time between two starts. */
  readonly spacingMs?: number
}

export interface Timeouts {
  readonly connectMs: number
  readonly headersMs: number
  readonly bodyMs: number
  /** One call with all its attempts and waits. */
  readonly callMs: number
  readonly stepMs: number
  /** A step that simulates. */
  readonly simulationMs: number
  readonly scenarioMs: number
  /** The whole run; 0 = no limit. */
  readonly runMs: number
}

/** A reporter by name, with its own options, e.g. `{ name: 'junit', options: { file: 'reports/junit.xml' } }`. */
export interface ReporterSettings {
  readonly name: string
  readonly options: JsonObject
}
