import type { Fault } from './fault.ts'

/** What comes of reading something that an author wrote: the value, or everything that is wrong with it (at least one fault). */
export type Reading<T> = { readonly value: T; readonly faults?: never } | { readonly faults: readonly Fault[]; readonly value?: never }
