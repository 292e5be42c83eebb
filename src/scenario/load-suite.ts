import type { JsonObject } from '../model/json.ts'
import type { Reading } from '../model/reading.ts'
import type { Suite } from '../model/suite.ts'
import type { SuiteCache } from './suite-cache.ts'

export interface LoadSuiteOptions {
  /** The working directory, absolute: nothing outside it is read. */
  readonly root: string
  /** `--var name=value`: before the file's own `vars`. @default {} */
  readonly vars?: JsonObject
  /** The configuration's `vars`: behind the file's own. @default {} */
  readonly configVars?: JsonObject
  /** Refuses `only: true`, which would hide tests. @default false */
  readonly ci?: boolean
  /** Checked suites of earlier runs. */
  readonly cache?: SuiteCache
}

/** Reads one scenario file: the suite with its placeholders filled in, or every fault of the file. Synchronous, never throws for what the file holds. */
export declare function loadSuite(file: string, options: LoadSuiteOptions): Reading<Suite>
