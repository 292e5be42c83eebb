import type { Finding } from '../model/finding.ts'
import type { Json } from '../model/json.ts'

/**
 * One key of `expect`: compares what the author wrote with what was seen. Pure. Yields nothing when it is met.
 * `expected` has passed the key's schema; the findings' `at` is relative to it (the runner puts the key in front).
 */
export type Expectation<Observation> = (expected: Json, observation: Observation) => readonly Finding[]
