import type { StopSignal } from './stop-signal.ts'

/** Time, handed in: the system's at the edge, a fake one in tests. */
export interface Clock {
  /** Milliseconds on a clock that never jumps; only differences mean something. */
  now(): number
  /** The time of day, for what people read. */
  date(): Date
  /** Resolves after `ms` (at once for 0 or less), or rejects with the signal's reason as soon as it aborts. Any `ms` is safe, also past 2^31. */
  sleep(ms: number, signal?: StopSignal): Promise<void>
}
