import type { Problem } from '../model/problem.ts'
import type { Bagged } from './bag.ts'

/** Steps that run one after the other and can be cut short as a whole: those of a try, or those of its teardown. */
export class Stretch implements Bagged {
  bagIndex = -1
  #cutBy: Problem | undefined
  #cutStep: ((problem: Problem) => void) | undefined

  /** Why no further step of it may run. */
  get cutBy(): Problem | undefined {
    return this.#cutBy
  }

  /** Ends the step that runs, and keeps those behind it from running. Only the first time counts. */
  cut(problem: Problem): void {
    if (this.#cutBy) return
    this.#cutBy = problem
    this.#cutStep?.(problem)
  }

  /** Tells who cuts the step that runs now; `undefined`: none does. */
  at(cutStep: ((problem: Problem) => void) | undefined): void {
    this.#cutStep = cutStep
    if (this.#cutBy) cutStep?.(this.#cutBy)
  }
}
