import type { Secrets } from '../config/secrets.ts'
import type { Clock } from '../model/clock.ts'
import type { InterruptionSignal } from '../runner/interruption.ts'

/** Everything outside of the program that a command may touch, files apart. Handed in, so that commands run in tests as they are. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute. */
  readonly cwd: string
  /** What was asked for: results, listings, help. */
  readonly stdout: Output
  /** Faults, warnings and what is said beside. */
  readonly stderr: Output
  readonly clock: Clock
  readonly emergencies: Emergencies
  /** What no output may show; commands add to it, and everything that is written goes through it. */
  readonly secrets: Secrets
  /** Even in [0, 1). */
  readonly random: () => number
  readonly hostname: string
}

/** A stream of text; `process.stdout` is one. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** What may come at any time and ends what is under way: a signal, or an error that nobody caught. */
export type Emergency =
  | { readonly kind: 'signal'; readonly signal: InterruptionSignal }
  | { readonly kind: 'crash'; readonly error: unknown }

export interface Emergencies {
  /** Calls the listener for each, until the returned function is called. */
  readonly subscribe: (listener: (emergency: Emergency) => void) => () => void
}
