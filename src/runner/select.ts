import type { Fault } from '../model/fault.ts'
import type { Reading } from '../model/reading.ts'
import type { Scenario, Suite } from '../model/suite.ts'

/** Which scenarios of the files shall run; all conditions must hold. */
export interface SelectionOptions {
  /** Chosen lines of files: the scenarios that contain them. A file that is not named here is chosen as a whole. @default none */
  readonly lines?: ReadonlyMap<string, readonly number[]>
  /** A part of the name, or of `SUITE > NAME`; or a regular expression (RE2) between slashes, like `/pin|language/i`. @default all */
  readonly grep?: string
  /** An expression over tags, like `smoke and not slow`. @default all */
  readonly tag?: string
  /** The ids of the only scenarios that may run. @default all */
  readonly ids?: ReadonlySet<string>
  /** Whether only scenarios marked `only: true` run, since some scenario of some file is. @default false */
  readonly only?: boolean
}

/** Leaves of a suite what was chosen. */
export type Select = (suite: Suite) => Suite

type Condition = (scenario: Scenario, suite: Suite) => boolean

/** Understands a selection, or tells everything that is wrong with it. Loads what it needs only where it is needed. */
export async function createSelection(options: SelectionOptions): Promise<Reading<Select>> {
  const { lines, grep, tag, ids, only } = options
  const readings: readonly Reading<Condition>[] = [
    ...(lines ? [{ value: standsAt(lines) }] : []),
    ...(grep === undefined ? [] : [(await import('./grep.ts')).grepFor(grep)]),
    ...(tag === undefined ? [] : [(await import('./tag-expression.ts')).tagExpression(tag)]),
    ...(ids ? [{ value: ({ id }: Scenario) => ids.has(id) }] : []),
    ...(only ? [{ value: isMarked }] : []),
  ]
  const faults: readonly Fault[] = readings.flatMap((reading) => reading.faults ?? [])
  if (faults.length > 0) return { faults }
  const conditions = readings.flatMap(({ value }) => value ?? [])
  return { value: (suite) => filter(suite, conditions) }
}

function filter(suite: Suite, conditions: readonly Condition[]): Suite {
  if (conditions.length === 0) return suite
  return { ...suite, scenarios: suite.scenarios.filter((scenario) => conditions.every((holds) => holds(scenario, suite))) }
}

function isMarked(scenario: Scenario): boolean {
  return scenario.only === true
}

/** A scenario reaches from its line to the one before the next scenario; a line above all of them stands for the whole file. */
function standsAt(lines: ReadonlyMap<string, readonly number[]>): Condition {
  return (scenario, suite) => {
    const chosen = lines.get(suite.file)
    return chosen === undefined || chosen.some((line) => [undefined, scenario.line].includes(firstLineAt(suite, line)))
  }
}

/** The line at which the scenario begins that contains `line`. */
function firstLineAt(suite: Suite, line: number): number | undefined {
  const before = suite.scenarios.map((scenario) => scenario.line).filter((start) => start <= line)
  return before.length > 0 ? Math.max(...before) : undefined
}

/** A path from the command line and the line behind it: `menu.cxspec.yaml:12`, or with a column as terminals print it. */
export function splitLocation(argument: string): { readonly path: string; readonly line?: number } {
  const [, path, line] = /^(.+?):(\d+)(?::\d+)?$/.exec(argument) ?? []
  return path === undefined || Number(line) < 1 ? { path: argument } : { path, line: Number(line) }
}
