import type { StopSignal } from '../model/stop-signal.ts'
import type { Deadline } from './deadline.ts'
import type { ApiRequest, HttpAnswer } from './send.ts'

export interface CallOptions {
  readonly request: ApiRequest
  readonly correlationId: string
  readonly signal: StopSignal
  readonly deadline: Deadline
  /** Told before each further attempt. `attempt` is the one that failed and counts from 1, also where it came no further than the token. */
  readonly onRetry: (retry: { readonly attempt: number; readonly reason: string; readonly delayMs: number }) => void
}

/** A request on its way through the layers of the client. */
export class Call {
  readonly request: ApiRequest
  readonly correlationId: string
  readonly signal: StopSignal
  readonly deadline: Deadline
  readonly #onRetry: CallOptions['onRetry']
  /** How often it was sent. */
  attempts = 0
  /** Whether the next sending is to be paid from the retry quota. */
  isRepetition = false
  /** How often that was done. */
  repetitions = 0
  /** The token that it was last sent with. */
  token: string | undefined

  constructor(options: CallOptions) {
    this.request = options.request
    this.correlationId = options.correlationId
    this.signal = options.signal
    this.deadline = options.deadline
    this.#onRetry = options.onRetry
  }

  /** `POST /api/v2/flows/debug`, as it stands in messages. */
  get label(): string {
    return `${this.request.method} ${this.request.path}`
  }

  /** The name of the limits that it goes under. */
  get lane(): string {
    return this.request.limitsOf ?? this.request.api
  }

  /** Whether it is repeated only where it certainly had no effect. */
  get isOnce(): boolean {
    return this.request.startsJob === true || this.request.once === true
  }

  /** To be called before another attempt. */
  retried(reason: string, delayMs: number): void {
    this.#onRetry({ attempt: Math.max(1, this.attempts), reason, delayMs })
  }
}

export interface Reply extends HttpAnswer {
  readonly latencyMs: number
}

/** A layer below the judgement of answers: resolves with any answer, rejects with a `TransportError` where there is none. */
export type Exchange = (call: Call) => Promise<Reply>
