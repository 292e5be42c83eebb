import type { Transport } from '../api/send.ts'
import type { Clock } from '../model/clock.ts'
import { Stop, type StopSignal, stopAtAny } from '../model/stop-signal.ts'

/**
 * The end of all patience. Once `arm` was called, everything that begins to wait or to be sent can be ended by `cut`: what tidies up
 * after an interruption, and nothing that went before it, which has signals of its own.
 */
export class CutOff {
  readonly #stop = new Stop()
  #isArmed = false

  arm(): void {
    this.#isArmed = true
  }

  cut(reason: Error): void {
    this.#stop.abort(reason)
  }

  /** The clock with waits that can be cut off. */
  readonly clock = (clock: Clock): Clock => ({
    now: () => clock.now(),
    date: () => clock.date(),
    sleep: (ms, signal) => clock.sleep(ms, this.#isArmed ? this.#with(signal) : signal),
  })

  /** The transport with requests that can be cut off. */
  readonly transport =
    (transport: Transport): Transport =>
    (request) =>
      transport(this.#isArmed ? { ...request, signal: this.#with(request.signal) } : request)

  #with(signal: StopSignal | undefined): StopSignal {
    return signal ? stopAtAny([signal, this.#stop]) : this.#stop
  }
}
