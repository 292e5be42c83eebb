import type {
  FileRefused,
  JobChanged,
  JobNoted,
  PlannedScenario,
  RequestIntended,
  RequestRetried,
  RunFinished,
  RunStarted,
  TeardownFailed,
} from '../model/event.ts'
import type { Evidence } from '../model/evidence.ts'
import type { Excuse } from '../model/excuse.ts'
import type { Finding } from '../model/finding.ts'
import type { JsonObject } from '../model/json.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Problem } from '../model/problem.ts'
import type { Suite } from '../model/suite.ts'

/** A whole run as reports show it; `Kept` is what a report keeps of each scenario. */
export interface RunReport<Kept> {
  /** Absent where not even the first event is there. */
  readonly started?: RunStarted
  /** Absent where the process died. */
  readonly finished?: RunFinished
  /** From the first event to the last, in milliseconds. */
  readonly durationMs: number
  readonly refused: readonly FileRefused[]
  /** In the order of their file names, whatever ran first. */
  readonly suites: readonly SuiteReport<Kept>[]
  readonly teardownsFailed: readonly TeardownReport[]
  readonly totals: Totals
}

/** One scenario file. */
export interface SuiteReport<Kept> {
  readonly file: Suite['file']
  readonly name: Suite['name']
  /** When its first scenario started, in milliseconds since the run did; absent: none did. */
  readonly startedAtMs?: number
  /** From the start of its first scenario to the end of its last, in milliseconds. */
  readonly durationMs: number
  /** In the order of the file. */
  readonly scenarios: readonly Kept[]
  readonly totals: Totals
}

/** Everything about one scenario. */
export interface ScenarioReport extends PlannedScenario {
  readonly suite: Pick<Suite, 'file' | 'name'>
  /** Undefined where it did not start. */
  readonly startedAtMs: number | undefined
  /** Of the last try, in milliseconds. */
  readonly durationMs: number
  readonly outcome: Outcome
  /** Passed, but not on the first try. */
  readonly isFlaky: boolean
  /** Why it does not make the run red although it failed or errored. */
  readonly excuse?: Excuse
  readonly tries: readonly TryReport[]
}

export interface TryReport {
  /** Counts from 1. */
  readonly number: number
  readonly durationMs: number
  /** That of the last try is the scenario's. */
  readonly outcome: Outcome
  readonly steps: readonly StepReport[]
}

/** A step, also one that did not come to its end: then `kind` and `durationMs` are absent. */
export interface StepReport {
  readonly index: number
  readonly kind?: string
  readonly id?: string
  readonly isTeardown: boolean
  readonly durationMs?: number
  readonly observation?: JsonObject
  readonly findings: readonly Finding[]
  readonly evidence: readonly Evidence[]
  readonly problem?: Problem
  readonly requests: readonly RequestReport[]
  readonly jobs: readonly Pick<JobChanged, 'job' | 'id' | 'status' | 'ended'>[]
  /** Jobs that may go on without us. */
  readonly jobsLeft: readonly Pick<JobNoted, 'job' | 'id' | 'tag' | 'correlationId' | 'error'>[]
}

/** A request with all its attempts. `status` and `problem` are absent where nothing came back before the end. */
export interface RequestReport extends Partial<Pick<RequestIntended, 'api' | 'method' | 'path' | 'startsJob'>> {
  readonly number: number
  readonly attempts: number
  readonly status?: number
  readonly latencyMs?: number
  readonly correlationId?: string
  readonly retries: readonly Pick<RequestRetried, 'attempt' | 'reason' | 'delayMs'>[]
  readonly problem?: Problem
}

/** What a scenario left behind: its teardown did not work. */
export interface TeardownReport extends Pick<TeardownFailed, 'atMs' | 'step' | 'problem'> {
  readonly suite: Pick<Suite, 'file' | 'name'>
  readonly scenario: PlannedScenario
  readonly findings: readonly Finding[]
}

/** How many of what. The six ends of a scenario add up to `scenarios`; `flaky` and `excused` ones are counted under their end as well. */
export interface Totals {
  readonly scenarios: number
  readonly passed: number
  readonly flaky: number
  /** Failed or errored, and do not make the run red. */
  readonly excused: number
  readonly failed: number
  readonly errored: number
  readonly inconclusive: number
  readonly skipped: number
  readonly notRun: number
  readonly filesRefused: number
  readonly teardownsFailed: number
  /** Tries of scenarios after their first. */
  readonly triesAgain: number
  readonly requests: number
  /** Attempts of requests after their first. */
  readonly requestsAgain: number
}
