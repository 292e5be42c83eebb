import { type Problem, ProblemError } from '../model/problem.ts'

/** One step at work, which can be cut short from outside. */
export class Scope {
  readonly #controller = new AbortController()

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Why it was cut short. */
  get problem(): Problem | undefined {
    const { aborted, reason } = this.#controller.signal
    return aborted && reason instanceof ProblemError ? reason.problem : undefined
  }

  /** Aborts the signal; only the first time counts. */
  cut(problem: Problem): void {
    if (!this.#controller.signal.aborted) this.#controller.abort(new ProblemError(problem))
  }

  /**
   * Settles like `work`; once the signal has aborted it rejects with its reason, one turn of the event loop later at the latest, also
   * when the work does not heed the signal. That turn lets work which does heed it tell what became of its requests.
   */
  race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(signal.reason)
      if (signal.aborted) setImmediate(giveUp)
      else signal.addEventListener('abort', () => setImmediate(giveUp), { once: true })
      work.then(
        (value) => (signal.aborted ? giveUp() : resolve(value)),
        (error: unknown) => (signal.aborted ? giveUp() : reject(error)),
      )
    })
  }
}
