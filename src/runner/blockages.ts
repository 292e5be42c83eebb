import type { Outcome } from '../model/outcome.ts'
import type { Problem, ProblemCode } from '../model/problem.ts'
import type { Ending } from './ending.ts'

/** The target answered, and said no: asking again for the next scenario cannot help, and is no news. */
const REFUSALS: readonly ProblemCode[] = ['AUTHENTICATION_FAILED', 'FORBIDDEN']

/** Stands for "the whole target" among the names of APIs. */
const TARGET = Symbol('target')

/**
 * What cannot work any more, since a problem said so (`Problem.blocks`). The scenario that met it first tells the whole story;
 * everybody else gets a short reference to that one instead of the same story again.
 */
export class Blockages {
  readonly #references = new Map<string | typeof TARGET, Problem>()

  /** The problem as its scenario shall tell it. `isNew`: it is the first that blocks this. */
  record(problem: Problem, scenarioId: string): { readonly problem: Problem; readonly isNew: boolean } {
    if (problem.blocks === undefined) return { problem, isNew: false }
    const blocked = problem.blocks === 'target' ? TARGET : problem.blocks.api
    const reference = this.#references.get(blocked) ?? this.#references.get(TARGET)
    if (reference) return { problem: reference, isNew: false }
    this.#references.set(blocked, referenceTo(problem, scenarioId))
    return { problem, isNew: true }
  }

  /** Why a request to this API need not be sent. */
  of(api: string): Problem | undefined {
    return this.#references.get(api) ?? this.#references.get(TARGET)
  }

  /** The run ends, since nothing works at the target. `undefined` while something may. */
  get ending(): Ending | undefined {
    const cut = this.#references.get(TARGET)
    return cut && { why: cut.message, exitCode: 3, cut, outcome: () => outcomeOfReference(cut) }
  }
}

/** Whether a problem only refers to another scenario's. */
export function isReference(problem: Problem): boolean {
  return problem.details?.['sameAs'] !== undefined
}

/**
 * A scenario that met what another one had met before: after a refusal it is not run, so that one mistake in the credentials is one
 * error; during an outage it is errored, since nobody knows what it would have found.
 */
export function outcomeOfReference(problem: Problem): Outcome {
  return REFUSALS.includes(problem.code)
    ? { status: 'not-run', cause: 'stopped', reason: problem.message }
    : { status: 'errored', problem, findings: [] }
}

function referenceTo(problem: Problem, scenarioId: string): Problem {
  const refused = REFUSALS.includes(problem.code)
  const what = problem.blocks === 'target' || problem.blocks === undefined ? '' : `${problem.blocks.api}: `
  return {
    code: refused ? problem.code : 'PLATFORM_UNAVAILABLE',
    message: `${what}${refused ? 'the target refused it' : 'platform unavailable'}: see "${scenarioId}"`,
    details: { sameAs: scenarioId },
  }
}
