import type { Json } from '../model/json.ts'
import type { Problem } from '../model/problem.ts'
import type { StopSignal } from '../model/stop-signal.ts'

/** One call of the CXone API, without host or credentials: those belong to the client. */
export interface ApiRequest {
  /** The resource, e.g. `flow-debug`: it names the limits that apply and stands in messages. */
  readonly api: string
  /** The scopes without which the API answers 403; named in that error. */
  readonly scopes: readonly string[]
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** From the API's base, starting with `/`; build its variable parts with `segment`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /**
   * Where the target says that its last answer to this request goes on: absolute, or relative to the API. It is followed only to the same
   * path of the same API; for anything else the call rejects with a `PROTOCOL_ERROR`.
   */
  readonly nextPageUri?: string
  /** Names in lower case; the client's own (credentials, correlation id…) win. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Json
  /** A request that starts a job is repeated only where it certainly started none. @default false */
  readonly startsJob?: boolean
  /** Another request that must not take effect twice, such as a change of a state: repeated only where it certainly had none. @default false */
  readonly once?: boolean
  /** The API under whose limits it goes, where the platform counts several together. @default `api` */
  readonly limitsOf?: string
  /** Ties requests together that belong to one thing, e.g. to one execution. A UUID. @default one of its own */
  readonly correlationId?: string
  /**
   * Answers outside 2xx that are an answer all the same and no error, e.g. a debug call's 500 with a trace. Judged before retrying; a body
   * that is no JSON is `undefined` there.
   */
  readonly accepts?: (answer: ApiAnswer) => boolean
}

export interface ApiAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON, `undefined` where the answer has no body. */
  readonly body: Json | undefined
  /** Of the attempt that was answered, in milliseconds. */
  readonly latencyMs: number
  readonly attempts: number
  /** Which request this answers, for messages; a hand-made answer may leave it out. */
  readonly of?: AnsweredRequest
}

interface AnsweredRequest {
  readonly method: string
  readonly path: string
  readonly correlationId: string
  /** The beginning of the body as it came, without secrets, safe to print. */
  readonly excerpt: () => string
}

/**
 * Sends a request and resolves with an answer that is 2xx or accepted. Rejects with a `ProblemError` for everything else,
 * and with the reason of the call's signal when that aborts.
 */
export type Send = (request: ApiRequest) => Promise<ApiAnswer>

/** What a caller adds to every request of a step: when to give up, and who wants to know. */
export interface CallContext {
  readonly signal: StopSignal
  /** On the client's clock (`clock.now()`); no wait goes past it. Absent: only the time-outs of the client apply. */
  readonly deadlineAtMs?: number
  /** Told of every request: intended, retried, answered or failed. */
  readonly observe: (event: RequestEvent) => void
}

/** The life of one request, as the client tells it; the runner adds scenario, try and step. `request` numbers the requests of one context. */
export type RequestEvent =
  | {
      readonly type: 'request-intended'
      readonly request: number
      readonly api: string
      readonly method: string
      readonly path: string
      readonly body?: Json
      readonly startsJob?: true
      /** What the target's own log, and with `startsJob` the job, can be looked for by, should the answer never come. */
      readonly correlationId?: string
    }
  | {
      readonly type: 'request-retried'
      readonly request: number
      readonly attempt: number
      readonly reason: string
      readonly delayMs: number
    }
  | {
      readonly type: 'request-answered'
      readonly request: number
      readonly status: number
      readonly latencyMs: number
      readonly attempts: number
      readonly correlationId?: string
    }
  | { readonly type: 'request-failed'; readonly request: number; readonly attempts: number; readonly problem: Problem }

/** A target that is ready to be called: token, limits and retries are shared by everything that is sent through it. */
export interface Client {
  /** Binds a context; requests of the returned function are counted from 0. */
  readonly with: (context: CallContext) => Send
  /** Closes connections. Resolves once nothing is open any more. */
  readonly close: () => Promise<void>
}

/**
 * One HTTP exchange, below tokens and retries: undici over a socket, or the emulator in memory. Rejects where there is no whole answer,
 * with an Error whose `code` is Node's (`ECONNREFUSED`, `ECONNRESET`, …) or a `TransportError`; with the signal's reason on abort.
 */
export type Transport = (request: HttpRequest) => Promise<HttpAnswer>

export interface HttpRequest {
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: StopSignal
  /** On the client's clock: nobody waits for the answer any longer. */
  readonly deadlineAtMs?: number
}

export interface HttpAnswer {
  readonly status: number
  /** Names in lower case; several values of one name are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** Decoded from its content encoding, and within the transport's bound on size. */
  readonly body: Uint8Array
}
