/**
 * The part of an `AbortSignal` that tells work to stop; every `AbortSignal` is one. Node takes several microseconds for each of those
 * and for each of its listeners, which for a signal a step and four listeners a request was a twentieth of a run: see {@link Stop}.
 */
export interface StopSignal {
  readonly aborted: boolean
  /** Why, once it is aborted. */
  readonly reason: unknown
  /** Throws the reason, once it is aborted. */
  throwIfAborted(): void
  /** `listener` is called once, when the signal aborts; never where that has happened already. */
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** A signal, and the way to abort it. */
export class Stop implements StopSignal {
  aborted = false
  reason: unknown
  readonly #listeners: (() => void)[] = []

  /** Calls the listeners in the order in which they came. Only the first time counts. */
  abort(reason?: unknown): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason
    for (let next = this.#listeners.shift(); next; next = this.#listeners.shift()) next()
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.aborted && !this.#listeners.includes(listener)) this.#listeners.push(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    const at = this.#listeners.indexOf(listener)
    if (at >= 0) this.#listeners.splice(at, 1)
  }
}

/** A signal that aborts as soon as one of these does, with its reason. */
export function stopAtAny(signals: readonly StopSignal[]): StopSignal {
  const stop = new Stop()
  for (const signal of signals) {
    if (signal.aborted) stop.abort(signal.reason)
    else signal.addEventListener('abort', () => stop.abort(signal.reason), { once: true })
  }
  return stop
}
