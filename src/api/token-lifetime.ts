/** Where the server does not say, or says nonsense: short, and long enough not to ask all the time. */
const DEFAULT_S = 300
const SHORTEST_S = 1
const LONGEST_S = 24 * 60 * 60
const LONGEST_MARGIN_S = 60

/** On the clock, in milliseconds. */
export interface TokenLifetime {
  /** From then on a new token is asked for. */
  readonly renewAtMs: number
  readonly endsAtMs: number
}

/**
 * The life of a token from its `expires_in`, which is seconds as a number or as text; anything else, and what is not above 0, counts as
 * 300 s. Held between 1 s and a day, counted from when the token was asked for, and renewed 60 s or a tenth of it early, whichever is less.
 */
export function tokenLifetime(expiresIn: unknown, askedAtMs: number): TokenLifetime {
  const lifeS = Math.min(LONGEST_S, Math.max(SHORTEST_S, secondsOf(expiresIn)))
  const marginS = Math.min(LONGEST_MARGIN_S, lifeS / 10)
  return { renewAtMs: askedAtMs + (lifeS - marginS) * 1000, endsAtMs: askedAtMs + lifeS * 1000 }
}

function secondsOf(expiresIn: unknown): number {
  const isText = typeof expiresIn === 'string' && expiresIn.trim() !== ''
  const value = isText || typeof expiresIn === 'number' ? Number(expiresIn) : Number.NaN
  return value > 0 ? value : DEFAULT_S
}
