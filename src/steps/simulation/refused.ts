import type { SimulationReply } from '../../api/resources/dialer-simulations.ts'
import { faultOfField, type SimulationFault } from '../../model/check-simulation.ts'
import type { JsonObject } from '../../model/json.ts'
import { type Problem, ProblemError } from '../../model/problem.ts'

type Refusal = Extract<SimulationReply, { readonly kind: 'refused' }>

/** Every fault that we see in a simulation before it is sent, as one problem. */
export function unsendable(faults: readonly SimulationFault[]): ProblemError {
  return new ProblemError(problemOf(faults.map(sentence), faults, 'nothing was sent'))
}

/** Every fault that the target sees, in the same sentences, each with the words of the target. */
export function refusedByTarget({ reasons, excerpt }: Refusal, request: JsonObject): ProblemError {
  const faults = reasons.map(({ field, message }) => ({
    field,
    message,
    fault: field === undefined ? undefined : faultOfField(field, request),
  }))
  const sentences = faults.map(({ field, message, fault }) => {
    const said = `the target says: ${field === undefined ? '' : `${field} `}${message}`
    return fault ? `${sentence(fault)} (${said})` : said
  })
  const known = faults.flatMap(({ fault }) => fault ?? [])
  const problem = problemOf(sentences.length > 0 ? sentences : [`the target says: ${excerpt}`], known, 'the target refused it with 422')
  return new ProblemError({ ...problem, details: { status: 422, reasons: reasons.map((reason) => ({ ...reason })) } })
}

function sentence({ message, expected }: SimulationFault): string {
  return `${message}, and must be ${expected}`
}

function problemOf(sentences: readonly string[], faults: readonly SimulationFault[], how: string): Problem {
  const advice = [...new Set(faults.flatMap((fault) => fault.advice ?? []))]
  return {
    code: 'INVALID_STEP',
    message: `the simulation cannot be started, ${how}: ${sentences.join('; ')}`,
    ...(advice.length > 0 && { advice: advice.join('\n') }),
  }
}
