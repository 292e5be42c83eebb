import type { Evidence } from '../model/evidence.ts'
import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'

/**
 * One key of `expect`: compares what the author wrote with what was seen. Pure. Yields no finding when it is met; where it is about many
 * calls, it yields a {@link Judgement}, whose evidence is told also then. `expected` has passed the key's schema; `at` of findings and
 * evidence is relative to it (the runner puts the key in front).
 */
export type Expectation<Observation> = (expected: Json, observation: Observation) => readonly Finding[] | Judgement

/** What is unmet or inconclusive, and what every part of the expectation rests on. */
export interface Judgement {
  readonly findings: readonly Finding[]
  readonly evidence: readonly Evidence[]
}

/** The judgement of an expectation that may have yielded findings only. */
export function judgementOf(yielded: ReturnType<Expectation<never>>): Judgement {
  return 'findings' in yielded ? yielded : { findings: yielded, evidence: [] }
}

/** Several judgements as one, in order. */
export function allOf(judgements: readonly Judgement[]): Judgement {
  return { findings: judgements.flatMap(({ findings }) => findings), evidence: judgements.flatMap(({ evidence }) => evidence) }
}

/** A judgement one level deeper in what the author wrote. */
export function judgedBelow(key: string | number, { findings, evidence }: Judgement): Judgement {
  const deeper = <T extends { readonly at?: readonly (string | number)[] }>(item: T): T => ({ ...item, at: [key, ...(item.at ?? [])] })
  return { findings: findings.map(deeper), evidence: evidence.map(deeper) }
}
