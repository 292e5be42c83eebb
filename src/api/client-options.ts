import type { Clock } from '../model/clock.ts'
import type { Transport } from './send.ts'

/** What `createClient` needs. The shapes of `target`, `limits` and `timeouts` are those of the settings. */
export interface ClientOptions {
  readonly target: ApiTarget
  readonly limits: RequestLimits
  readonly timeouts: CallTimeouts
  readonly clock: Clock
  /** Even in [0, 1); spreads the waits before retries. */
  readonly random: () => number
  /** `undiciTransport` for a remote target; the emulator in memory otherwise. */
  readonly transport: Transport & { readonly close?: () => Promise<void> }
  /** Makes the `X-Correlation-ID` of each request, e.g. `crypto.randomUUID`. */
  readonly correlationId: () => string
  /** Sent as `User-Agent`: `cxspec/VERSION`. */
  readonly userAgent: string
  /** Told of every token and credential before it is sent, so that output can be masked by value. @default nobody is told */
  readonly onSecret?: (secret: string) => void
  /** Hides secrets in text of the server's before it is cut to an excerpt: half a secret could not be found any more. @default as it is */
  readonly mask?: (text: string) => string
}

/** Where the API is, where its tokens come from, and how the client proves itself there. */
export interface ApiTarget {
  readonly name: string
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly tokenUrl: string
  /** How the client proves itself to the token endpoint. */
  readonly clientAuthentication: 'basic' | 'form'
  /** Where `grant_type` and `scope` stand. */
  readonly grantIn: 'body' | 'query'
  /** Absent: everything that the client is granted. */
  readonly scope?: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface RequestLimits {
  /** Requests in flight at once, over all APIs. */
  readonly requestsAtOnce: number
  /** Limits of one API each, by its name. */
  readonly apis: Readonly<Record<string, RequestLimit>>
}

export interface RequestLimit {
  /** Requests in flight at once. @default only the target's limit */
  readonly atOnce?: number
  /** At most this many requests start in any window of a second. @default no limit */
  readonly perSecond?: number
  /** At least so much time between two starts. @default 0 */
  readonly spacingMs?: number
}

interface CallTimeouts {
  /** One call with all its attempts and the waits between them; waiting for its turn under our own limits does not count. */
  readonly callMs: number
}
