import { type Problem, ProblemError } from '../model/problem.ts'
import { Stop, type StopSignal } from '../model/stop-signal.ts'

/** One step at work, which can be cut short from outside. */
export class Scope {
  readonly #stop = new Stop()
  #cutBy: ProblemError | undefined
  #giveUp: (() => void) | undefined

  get signal(): StopSignal {
    return this.#stop
  }

  /** Why it was cut short. */
  get problem(): Problem | undefined {
    return this.#cutBy?.problem
  }

  /** Aborts the signal; only the first time counts. */
  cut(problem: Problem): void {
    if (this.#cutBy) return
    this.#cutBy = new ProblemError(problem)
    this.#stop.abort(this.#cutBy)
    if (this.#giveUp) setImmediate(this.#giveUp)
  }

  /**
   * Settles like `work`; once cut short it rejects with the reason, one turn of the event loop later at the latest, also when the work
   * does not heed the signal. That turn lets work which does heed it tell what became of its requests.
   */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#giveUp = () => reject(this.#cutBy)
      work.then(
        (value) => (this.#cutBy ? reject(this.#cutBy) : resolve(value)),
        (error: unknown) => reject(this.#cutBy ?? error),
      )
    })
  }
}
