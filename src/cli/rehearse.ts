import type { Library } from '../flow/library.ts'
import { visitBounds } from '../flow/loops/visit-bounds.ts'
import type { Finding } from '../model/finding.ts'
import type { JsonObject } from '../model/json.ts'
import { type Problem, ProblemError } from '../model/problem.ts'
import type { Scenario, Step } from '../model/suite.ts'
import type { Trace } from '../model/trace.ts'
import { bindStep } from '../scenario/bind-step.ts'
import { debug } from '../steps/debug.ts'
import { judge } from '../steps/judge.ts'
import { interpreterSend } from './interpreter-send.ts'

/** What came of one step of a scenario on the interpreter. */
export type RehearsedStep =
  | { readonly kind: 'called'; readonly step: Step; readonly trace: Trace; readonly findings: readonly Finding[] }
  /** Nothing could be judged. */
  | { readonly kind: 'broke'; readonly step: Step; readonly problem: Problem; readonly trace?: Trace }
  /** It is no virtual call, or takes something from a step that is none. */
  | { readonly kind: 'left-out'; readonly step: Step }

/** Goes through the steps of a scenario, each when it is asked for. */
export type Rehearse = (scenario: Pick<Scenario, 'steps'>) => AsyncGenerator<RehearsedStep>

/**
 * Prepares scenarios to be gone through on the interpreter: their virtual calls, judged as a run judges them, without a target, its limits or
 * its faults. `date` is the time of every call.
 */
export function rehearsal(flows: Library, date: () => Date): Rehearse {
  const { send, lastTrace } = interpreterSend(flows, date)
  const known = new Map<string, unknown>()
  const shared = <T>(name: string, make: () => T): T => {
    if (!known.has(name)) known.set(name, make())
    return known.get(name) as T
  }
  const context = { send, shared, visitBounds: async (definition: Parameters<typeof visitBounds>[0]) => visitBounds(definition) }
  return async function* rehearse({ steps }) {
    const outputs = new Map<string, JsonObject>()
    for (const written of steps) {
      if (written.kind !== debug.key || needsOthers(written, outputs)) {
        yield { kind: 'left-out', step: written }
        continue
      }
      const before = lastTrace()
      try {
        const step = bindStep(written, outputs)
        const observed = await debug.run(step.input, context)
        if (step.id !== undefined) outputs.set(step.id, debug.outputs(observed))
        yield { kind: 'called', step, trace: lastTrace() ?? observed, findings: judge(debug, step.expect, observed).findings }
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        const trace = lastTrace()
        yield { kind: 'broke', step: written, problem: error.problem, ...(trace && trace !== before ? { trace } : {}) }
      }
    }
  }
}

/** Whether a step takes something from one that was left out. */
function needsOthers({ references = [] }: Step, outputs: ReadonlyMap<string, JsonObject>): boolean {
  return references.some(({ parts }) => parts.some((part) => typeof part !== 'string' && !outputs.has(part.step)))
}
