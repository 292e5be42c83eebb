import { createHash } from 'node:crypto'
import type { JsonObject } from '../model/json.ts'
import type { StepRules } from './step-kinds.ts'

/** What a suite depends on beside its file. */
export interface SuiteConditions {
  readonly vars: JsonObject
  readonly configVars: JsonObject
  readonly ci: boolean
  readonly rules?: StepRules | undefined
}

/** Raised whenever the same file would be read differently than before. */
const READER_VERSION = 2

/** Makes the keys of suites that are read under the same conditions: a SHA-256 over everything that they are made from. */
export function suiteKeys({ vars, configVars, ci, rules }: SuiteConditions): (file: string, content: Uint8Array) => string {
  const conditions = JSON.stringify([READER_VERSION, vars, configVars, ci, rules])
  return (file, content) =>
    createHash('sha256')
      .update(JSON.stringify([conditions, file]))
      .update(content)
      .digest('base64url')
}
