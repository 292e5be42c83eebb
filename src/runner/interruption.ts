import { constants } from 'node:os'

export type InterruptionSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** The reason of the signal that ends a run early: a person, or the CI system, wants it to stop. */
export class Interruption extends Error {
  readonly signal: InterruptionSignal
  /** 128 plus the signal's number: 130 for SIGINT, 143 for SIGTERM. */
  readonly exitCode: number

  constructor(signal: InterruptionSignal) {
    super(`the run was interrupted by ${signal}`)
    this.name = 'Interruption'
    this.signal = signal
    this.exitCode = 128 + constants.signals[signal]
  }
}

/** The reason of the signal where the run cannot go on for a fault of ours or of this machine, e.g. a full disk: it ends with exit code 70. */
export class Breakdown extends Error {
  readonly exitCode = 70

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Breakdown'
  }
}
