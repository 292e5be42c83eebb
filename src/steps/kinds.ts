import { compile } from './compile.ts'
import { debug } from './debug.ts'
import { execute } from './execute.ts'
import { type PerformStep, performer } from './perform-step.ts'
import { setAvailability } from './set-availability.ts'
import { simulate } from './simulate.ts'

/** Every kind of step by its key in YAML. A new kind is a new file and one line here. */
export const stepKinds: ReadonlyMap<string, PerformStep> = new Map([
  [debug.key, performer(debug)],
  [compile.key, performer(compile)],
  [execute.key, performer(execute)],
  [simulate.key, performer(simulate)],
  [setAvailability.key, performer(setAvailability)],
])
