import type { Clock } from '../model/clock.ts'
import { Breakdown, Interruption, type InterruptionSignal } from '../runner/interruption.ts'
import type { CutOff } from './cut-off.ts'
import type { Emergency, World } from './world.ts'

/** How long a run may take to tidy up after an interruption; reports are still to be written after that. */
const TIDY_UP_MS = 5_500

/** How long it may take after it was cut off. */
const CUT_OFF_MS = 500

/**
 * Ends a run when something comes that ends it: the first signal, or an error that nobody caught, interrupts it; a second signal also
 * cuts off what is tidying up. `over` resolves when it is time to stop waiting for the run, whatever it is still doing.
 */
export class Patience {
  readonly signal: AbortSignal
  readonly over: Promise<void>
  readonly #interrupt = new AbortController()
  readonly #clock: Clock
  readonly #world: World
  readonly #cutOff: CutOff
  readonly #timers = new AbortController()
  readonly #unsubscribe: () => void
  #giveUp: () => void = () => undefined
  #why: Interruption | Breakdown | undefined

  constructor(world: World, cutOff: CutOff) {
    this.#clock = world.clock
    this.#world = world
    this.#cutOff = cutOff
    this.signal = this.#interrupt.signal
    this.over = new Promise((resolve) => {
      this.#giveUp = resolve
    })
    this.#unsubscribe = world.emergencies.subscribe((emergency) => this.#on(emergency))
  }

  /** What ended the run; absent: nothing did. A crash outweighs a signal. */
  get why(): Interruption | Breakdown | undefined {
    return this.#why
  }

  /** Ends the run for a fault of this machine. */
  breakDown(message: string): void {
    this.#end(new Breakdown(message))
  }

  /** Stops listening; from now on a signal ends the process as usual. */
  close(): void {
    this.#unsubscribe()
    this.#timers.abort()
  }

  #on(emergency: Emergency): void {
    if (emergency.kind === 'crash') this.breakDown('cxspec met a bug of its own; the stack trace stands on stderr')
    else this.#onSignal(emergency.signal)
  }

  #onSignal(signal: InterruptionSignal): void {
    const isRepeated = this.signal.aborted
    const what = isRepeated ? 'again: ending at once' : 'tidying up and writing the reports; once more to end at once'
    this.#world.stderr.write(`${signal}: ${what}\n`)
    if (isRepeated) this.#cut(CUT_OFF_MS)
    else this.#end(new Interruption(signal))
  }

  #end(why: Interruption | Breakdown): void {
    const isFirst = !this.signal.aborted
    if (!this.#why || why instanceof Breakdown) this.#why = why
    if (!isFirst) return
    this.#cutOff.arm()
    this.#interrupt.abort(why)
    this.#after(TIDY_UP_MS, () => this.#cut(CUT_OFF_MS))
  }

  #cut(graceMs: number): void {
    this.#cutOff.cut(this.#why ?? new Breakdown('the run was cut off'))
    this.#after(graceMs, () => this.#giveUp())
  }

  #after(ms: number, act: () => void): void {
    this.#clock.sleep(ms, this.#timers.signal).then(act, () => undefined)
  }
}
