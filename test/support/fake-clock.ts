import type { Clock } from '../../src/model/clock.ts'

interface Sleeper {
  readonly wakeAtMs: number
  readonly wake: () => void
}

/**
 * A clock that moves only when told to, or, with `auto`, jumps to the next sleeper as soon as nothing else can run.
 * `slept` lists every wait in milliseconds, in the order in which they began.
 */
export class FakeClock implements Clock {
  readonly slept: number[] = []
  #nowMs = 0
  #sleepers: Sleeper[] = []
  readonly #auto: boolean

  constructor(options: { readonly auto?: boolean } = {}) {
    this.#auto = options.auto ?? false
  }

  now(): number {
    return this.#nowMs
  }

  date(): Date {
    return new Date(Date.UTC(2026, 0, 2, 3, 4, 5) + this.#nowMs)
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.slept.push(ms)
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const onAbort = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        reject(signal?.reason)
      }
      const sleeper: Sleeper = {
        wakeAtMs: this.#nowMs + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#sleepers.push(sleeper)
      if (this.#auto) setImmediate(() => this.#wakeNext())
    })
  }

  /** Moves time on, waking sleepers in order and letting what they started run in between. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms
    await settle()
    for (;;) {
      const next = this.#takeNext(endMs)
      if (!next) break
      this.#nowMs = next.wakeAtMs
      next.wake()
      await settle()
    }
    this.#nowMs = endMs
  }

  #takeNext(endMs: number): Sleeper | undefined {
    const next = this.#sleepers.filter((s) => s.wakeAtMs <= endMs).sort((a, b) => a.wakeAtMs - b.wakeAtMs)[0]
    this.#sleepers = this.#sleepers.filter((s) => s !== next)
    return next
  }

  #wakeNext(): void {
    const next = this.#takeNext(Number.POSITIVE_INFINITY)
    if (!next) return
    this.#nowMs = Math.max(this.#nowMs, next.wakeAtMs)
    next.wake()
  }
}

/** Lets promises and immediates that are already due run. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve))
}
