import type { Diagnosis } from './diagnostic.ts'
import type { Flow } from './flow.ts'
import type { Library } from './library.ts'

/** Everything that is wrong with a flow: what reading found, and what other flows tell (sub-flows, their entries and variables). In the order of the file. */
export declare function diagnose(flow: Flow, library: Library): Diagnosis
