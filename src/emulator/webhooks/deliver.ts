/** An HTTP POST of the emulator's own, to whoever asked to be told. */
export interface WebhookPost {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How long to wait for the answer. */
  readonly timeoutMs: number
  /** Aborts when the emulator closes. */
  readonly signal: AbortSignal
}

/**
 * Sends a POST. Resolves with the status of the answer, whatever it is, without following redirects; rejects where there is no answer. Handed
 * in, since the emulator itself has no network.
 */
export type Deliver = (post: WebhookPost) => Promise<{ readonly status: number }>
