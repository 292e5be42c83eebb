import type { Json } from '../model/json.ts'

/**
 * What stands where a value is expected: a plain value (deep equality; objects may have further keys), which may hold matchers
 * at any depth, or an object that has nothing but the names of matchers as its keys; then all of them must hold.
 */
export type ValueMatcher = Json

/** `path`: what the call visits, in order. `'...'` stands for any nodes, also none. */
export type PathPattern = readonly PathItem[]

export type PathItem =
  | string
  | { readonly anyOf: readonly (PathItem | PathPattern)[] }
  | { readonly optional: PathItem | PathPattern }
  /** `min` is 1 and `max` is unbounded unless given. */
  | { readonly repeat: PathItem | PathPattern; readonly min?: number; readonly max?: number }
