import { type Problem, ProblemError } from '../model/problem.ts'

/**
 * Remembers problems that every further call would meet too: of the credentials, or of the rights for one API. Such calls fail at once
 * and cost no request. What the circuit breaker says is not remembered: it may change.
 */
export class Blocks {
  readonly #apis = new Map<string, Problem>()
  #target: Problem | undefined

  /** Throws a `ProblemError` with the problem that stands in the way of this API. */
  check(api: string): void {
    const problem = this.#target ?? this.#apis.get(api)
    if (problem) throw new ProblemError(problem)
  }

  remember(problem: Problem): void {
    if (problem.code === 'PLATFORM_UNAVAILABLE' || problem.blocks === undefined) return
    if (problem.blocks === 'target') this.#target ??= problem
    else if (!this.#apis.has(problem.blocks.api)) this.#apis.set(problem.blocks.api, problem)
  }
}
