/** A JUnit file as this project writes it, before it is XML: every text is already within the limits of its readers. */
export interface JunitReport {
  readonly name: string
  /** Of all suites: how many cases, how many with which result, and how long they took together. */
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly durationMs: number
  /** Made one after the other, while they are written. */
  readonly suites: Iterable<JunitSuite>
}

/** One `<testsuite>`. */
export interface JunitSuite {
  readonly name: string
  /** UTC, `YYYY-MM-DDTHH:MM:SS`; absent where the start of the run is not on record. */
  readonly timestamp: string | undefined
  readonly hostname: string | undefined
  /** What the run has in common, e.g. its target and its seed. */
  readonly properties: readonly JunitProperty[]
  readonly cases: readonly JunitCase[]
}

/** One `<testcase>`. */
export interface JunitCase {
  readonly name: string
  readonly classname: string
  /** Relative to the root of the repository; absent where no file is meant. */
  readonly file?: string
  readonly line?: number
  readonly durationMs: number
  /** Absent: passed. */
  readonly result?: JunitResult
  /** What stands beside the verdict, e.g. what a met expectation rests on; absent: nothing. */
  readonly output?: string
  /** A file with everything about the case, from the root of the repository. */
  readonly attachment?: string
  /** What it touched, e.g. its flow. */
  readonly properties: readonly JunitProperty[]
  /** Tries before the last one. */
  readonly earlier: readonly JunitText[]
}

/** A fact with a name. */
export interface JunitProperty {
  readonly name: string
  readonly value: string
}

export interface JunitResult extends JunitText {
  readonly element: 'failure' | 'error' | 'skipped'
}

/** What a result says: a line, a code, and the whole story. */
export interface JunitText {
  readonly message: string
  readonly type: string
  readonly text: string
}

/** What cases took together, in milliseconds. */
export function durationOf(cases: readonly Pick<JunitCase, 'durationMs'>[]): number {
  return cases.reduce((sum, { durationMs }) => sum + durationMs, 0)
}
