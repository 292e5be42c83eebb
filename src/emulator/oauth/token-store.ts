import type { Clock } from '../../model/clock.ts'

/** A client that may ask for tokens. */
export interface EmulatorClient {
  readonly id: string
  readonly secret: string
  /** What it is granted; it gets all of it where it asks for nothing in particular. */
  readonly scopes: readonly string[]
}

/** What a token stands for. */
export interface Grant {
  readonly clientId: string
  readonly scopes: readonly string[]
}

/** Why a token is no longer good. */
export type TokenEnd = 'expired' | 'revoked'

interface IssuedToken extends Grant {
  readonly expiresAtMs: number
  end?: TokenEnd
}

/** Tokens that are kept; the oldest is forgotten, and so unknown, when there are more. */
const MAX_TOKENS = 10_000

/** The tokens that were issued, and which of them are still good. */
export class TokenStore {
  readonly #clock: Clock
  readonly #newToken: () => string
  readonly #tokens = new Map<string, IssuedToken>()

  constructor(clock: Clock, newToken: () => string) {
    this.#clock = clock
    this.#newToken = newToken
  }

  issue(grant: Grant, lifetimeMs: number): string {
    const token = this.#newToken()
    this.#tokens.set(token, { ...grant, expiresAtMs: this.#clock.now() + lifetimeMs })
    if (this.#tokens.size > MAX_TOKENS) this.#tokens.delete(this.#tokens.keys().next().value ?? token)
    return token
  }

  /** The grant of a good token, or why it is none. */
  find(token: string): Grant | TokenEnd | 'unknown' {
    const issued = this.#tokens.get(token)
    if (!issued) return 'unknown'
    if (issued.end) return issued.end
    return this.#clock.now() < issued.expiresAtMs ? issued : 'expired'
  }

  /** From now on the token is no longer good. */
  end(token: string, end: TokenEnd): void {
    const issued = this.#tokens.get(token)
    if (issued) issued.end = end
  }

  /** From now on no token is good that was issued so far. */
  revokeAll(): void {
    for (const issued of this.#tokens.values()) issued.end = 'revoked'
  }
}
