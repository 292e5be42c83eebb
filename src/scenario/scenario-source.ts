import type { JsonObject } from '../model/json.ts'
import type { Pointer } from '../model/place.ts'
import type { ReadText } from './example-rows.ts'
import type { FaultList } from './fault-list.ts'
import type { StepRules } from './step-kinds.ts'

/** What the meaning of a file depends on beside its text. */
export interface ReadSuiteContext {
  /** `--var`: before the file's own `vars`. */
  readonly vars: JsonObject
  /** The configuration's: behind the file's own. */
  readonly configVars: JsonObject
  /** Refuses `only: true`. */
  readonly ci: boolean
  /** What the configuration allows the steps. @default nothing is bounded, and no address is allowed */
  readonly rules?: StepRules
  /** Reads an example file. */
  readonly readText: ReadText
}

/** What the scenarios of a file share. */
export interface FileSource {
  readonly file: string
  readonly tags: readonly string[]
  readonly flow: string | undefined
  /** What placeholders stand for, example rows apart. */
  readonly values: JsonObject
  /** False where the whole file has none: most files, and then nothing has to be looked through. */
  readonly hasPlaceholders: boolean
  /** False where the whole file has no `matches`. */
  readonly hasPatterns: boolean
  readonly faults: FaultList
  readonly context: ReadSuiteContext
}

/** Where a scenario stands in its file. */
export interface ScenarioSource extends FileSource {
  readonly line: number
  readonly pointer: Pointer
}
