import type { Suite } from '../model/suite.ts'

/** Checked suites by content hash, in one file. */
export interface SuiteCache {
  readonly get: (key: string) => Suite | undefined
  readonly set: (key: string, suite: Suite) => void
  /** Writes the file atomically, if anything is new; never throws: a cache that cannot be written is no fault. */
  readonly save: () => void
}

/** Opens the cache at `path` (absolute). A file that is missing, damaged or of another version counts as empty. */
export declare function openSuiteCache(path: string, options?: { readonly maxBytes?: number }): SuiteCache
