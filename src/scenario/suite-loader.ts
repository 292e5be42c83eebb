import type { JsonObject } from '../model/json.ts'
import type { Reading } from '../model/reading.ts'
import type { Suite } from '../model/suite.ts'
import { decodeText } from '../yaml/decode-text.ts'
import { ReadAhead } from './read-ahead.ts'
import { readSuite } from './read-suite.ts'
import { type StepRules, USUAL_RULES } from './step-kinds.ts'
import type { SuiteCache } from './suite-cache.ts'
import { suiteKeys } from './suite-keys.ts'

export interface SuiteLoaderOptions {
  /** The working directory, absolute: nothing outside it is read. */
  readonly root: string
  /** `--var name=value`: before the file's own `vars`. @default {} */
  readonly vars?: JsonObject
  /** The configuration's `vars`: behind the file's own. @default {} */
  readonly configVars?: JsonObject
  /** Refuses `only: true`, which would hide tests. @default false */
  readonly ci?: boolean
  /** What the configuration allows the steps. @default nothing is bounded, and no address is allowed */
  readonly rules?: StepRules
  /** Checked suites of earlier runs. */
  readonly cache?: SuiteCache
  /** Files below the same root, some of which were looked into already. @default none were */
  readonly files?: ReadAhead
}

/** Reads one scenario file, named relative to the root with forward slashes: the suite, or every fault of the file. Never throws for what a file holds. */
export type LoadSuite = (file: string) => Reading<Suite>

/** Gets ready to read many scenario files of one run. Synchronous: for small files that is four times as fast. */
export function suiteLoader(options: SuiteLoaderOptions): LoadSuite {
  const { root, vars = {}, configVars = {}, ci = false, rules = USUAL_RULES, cache, files = new ReadAhead(root) } = options
  const keyOf = suiteKeys({ vars, configVars, ci, rules })
  return (file) => {
    const bytes = files.readBytes(file)
    if (bytes.faults) return bytes
    const key = cache && keyOf(file, bytes.value)
    const known = key === undefined ? undefined : cache?.get(key)
    if (known) return { value: known }
    const text = decodeText(bytes.value, file)
    if (text.faults) return text
    const exampleFiles: string[] = []
    const readText = (exampleFile: string): Reading<string> => {
      exampleFiles.push(exampleFile)
      return files.readText(exampleFile)
    }
    const suite = readSuite(text.value, file, { vars, configVars, ci, rules, readText })
    // a suite with rows from another file depends on that file too
    if (suite.value && key !== undefined && exampleFiles.length === 0) cache?.set(key, suite.value)
    return suite
  }
}
