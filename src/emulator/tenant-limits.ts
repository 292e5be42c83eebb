import type { Clock } from '../model/clock.ts'
import { refuse } from './exchange.ts'
import type { TenantLimit } from './options.ts'

interface Usage {
  atOnce: number
  /** Arrivals that were let in, as many as the limit per second needs. */
  readonly arrivalsMs: number[]
}

const SECOND_MS = 1_000

/** Counts what a tenant does against its limits; windows slide. */
export class TenantLimits {
  readonly #clock: Clock
  readonly #limits: Readonly<Record<string, TenantLimit>>
  readonly #usages = new Map<string, Usage>()

  constructor(clock: Clock, limits: Readonly<Record<string, TenantLimit>>) {
    this.#clock = clock
    this.#limits = limits
  }

  /** Lets a request in and returns what ends it. Throws a refusal, 429 with `Retry-After`, where a limit is reached; that costs nothing. */
  enter(api: string): () => void {
    const limit = this.#limits[api]
    if (!limit) return nothing
    const usage = this.#usages.get(api) ?? { atOnce: 0, arrivalsMs: [] }
    this.#usages.set(api, usage)
    this.#refuseBeyond(api, limit, usage)
    usage.atOnce += 1
    usage.arrivalsMs.push(this.#clock.now())
    if (usage.arrivalsMs.length > Math.max(1, limit.perSecond ?? 1)) usage.arrivalsMs.shift()
    return () => {
      usage.atOnce -= 1
    }
  }

  #refuseBeyond(api: string, { atOnce, perSecond, spacingMs }: TenantLimit, usage: Usage): void {
    const nowMs = this.#clock.now()
    if (atOnce !== undefined && usage.atOnce >= atOnce) {
      throw tooMany(`${api}: no more than ${atOnce} requests at once`, SECOND_MS)
    }
    const lastMs = usage.arrivalsMs.at(-1)
    if (spacingMs !== undefined && lastMs !== undefined && nowMs - lastMs < spacingMs) {
      throw tooMany(`${api}: no more than one request in ${spacingMs} ms`, lastMs + spacingMs - nowMs)
    }
    const earlierMs = perSecond === undefined ? undefined : usage.arrivalsMs.at(-perSecond)
    if (earlierMs !== undefined && nowMs - earlierMs < SECOND_MS) {
      throw tooMany(`${api}: no more than ${perSecond} requests a second`, earlierMs + SECOND_MS - nowMs)
    }
  }
}

function tooMany(message: string, waitMs: number): Error {
  return refuse(429, 'rate_limited', message, { headers: { 'retry-after': String(Math.max(1, Math.ceil(waitMs / SECOND_MS))) } })
}

function nothing(): void {}
