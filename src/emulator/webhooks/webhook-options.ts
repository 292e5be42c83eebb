/** How the emulator sends webhooks. */
export interface WebhookOptions {
  /** Signs every webhook by the Standard Webhooks specification: `whsec_` and the key in base64. @default none: no signature */
  readonly secret?: string
  /** Origins (`https://hooks.example.com`) that webhooks may go to, this machine apart. @default none */
  readonly allowedOrigins?: readonly string[]
  /** Tries of one webhook, the first one included. @default 5 */
  readonly maxTries?: number
  /** Wait before the second try; it doubles with each further one. @default 200 */
  readonly backoffMs?: number
  /** How long one try may take. @default 5000 */
  readonly timeoutMs?: number
  /** Webhooks on their way at once. @default 16 */
  readonly atOnce?: number
  /** Webhooks that may wait, for their turn or for another try; more are dropped. @default 20000 */
  readonly maxWaiting?: number
}

export type WebhookSettings = Required<Omit<WebhookOptions, 'secret'>> & Pick<WebhookOptions, 'secret'>

/** Fills in what was left out. */
export function resolveWebhooks(options: WebhookOptions = {}): WebhookSettings {
  return { allowedOrigins: [], maxTries: 5, backoffMs: 200, timeoutMs: 5_000, atOnce: 16, maxWaiting: 20_000, ...options }
}
