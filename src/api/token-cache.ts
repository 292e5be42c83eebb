import type { Clock } from '../model/clock.ts'
import { type TokenLifetime, tokenLifetime } from './token-lifetime.ts'

/** How long a token goes on being used when its renewal failed, before that is tried again. */
const RENEWAL_PAUSE_MS = 5000

export interface FreshToken {
  readonly value: string
  /** As the server sent it. */
  readonly expiresIn: unknown
}

/** Told of each repeated request for a token, with the reason and the wait before it in milliseconds. */
export type OnRetry = (reason: string, delayMs: number) => void

interface CachedToken {
  readonly value: string
  readonly lifetime: TokenLifetime
}

/**
 * The token of a target, asked for once however many calls wait for it, and renewed before it ends. Its life is measured on the
 * clock that never jumps.
 */
export class TokenCache {
  readonly #clock: Clock
  readonly #acquire: (onRetry: OnRetry) => Promise<FreshToken>
  readonly #waiting = new Set<OnRetry>()
  #token: CachedToken | undefined
  #renewal: Promise<string> | undefined

  constructor(clock: Clock, acquire: (onRetry: OnRetry) => Promise<FreshToken>) {
    this.#clock = clock
    this.#acquire = acquire
  }

  /** A token that is good for now, or the promise of one. Rejects with what `acquire` rejected with. */
  get(onRetry: OnRetry): string | Promise<string> {
    const token = this.#token
    if (token && this.#clock.now() < token.lifetime.renewAtMs) return token.value
    this.#waiting.add(onRetry)
    this.#renewal ??= this.#renew(token).finally(() => {
      this.#renewal = undefined
      this.#waiting.clear()
    })
    return this.#renewal
  }

  /** The target does not accept this token. Of no effect where another one is in use by now. */
  refuse(value: string | undefined): void {
    if (this.#token?.value === value) this.#token = undefined
  }

  async #renew(old: CachedToken | undefined): Promise<string> {
    const askedAtMs = this.#clock.now()
    try {
      const { value, expiresIn } = await this.#acquire((reason, delayMs) => {
        for (const onRetry of this.#waiting) onRetry(reason, delayMs)
      })
      this.#token = { value, lifetime: tokenLifetime(expiresIn, askedAtMs) }
      return value
    } catch (error) {
      return this.#goOnWith(old, error)
    }
  }

  #goOnWith(old: CachedToken | undefined, error: unknown): string {
    const nowMs = this.#clock.now()
    if (!old || this.#token !== old || nowMs >= old.lifetime.endsAtMs) throw error
    this.#token = { ...old, lifetime: { ...old.lifetime, renewAtMs: nowMs + RENEWAL_PAUSE_MS } }
    return old.value
  }
}
