import type { RunStarted } from '../model/event.ts'
import type { OutcomeStatus } from '../model/outcome.ts'

/** What is kept of one run to compare it with others. */
export interface RunRecord {
  /** The journal, as it was named. */
  readonly source: string
  readonly started: RunStarted
  /** Whether the run came to its end, whatever that was. */
  readonly isComplete: boolean
  readonly exitCode?: number
  readonly durationMs: number
  /** By their id. */
  readonly scenarios: ReadonlyMap<string, ScenarioRecord>
}

/** What is kept of one scenario of one run, also where it ran several times (`--repeat`): then its worst end counts. */
export interface ScenarioRecord {
  readonly id: string
  readonly name: string
  readonly suite: string
  readonly file: string
  readonly line: number
  readonly status: OutcomeStatus
  /** Passed, but not on the first try. */
  readonly isFlaky: boolean
  /** Of the last try; the longest where it ran several times. */
  readonly durationMs: number
  /** Of each time that it passed in this run. */
  readonly samplesMs: readonly number[]
  /** Why it is not simply passed; empty where it is. */
  readonly headline: string
  /** The ways of its virtual calls, in the order of its steps. */
  readonly calls: readonly CallRecord[]
}

/** The way of one virtual call. */
export interface CallRecord {
  /** Counts from 0. */
  readonly step: number
  readonly flowId: string
  /** Absent where the target does not tell. */
  readonly flowVersion?: string
  readonly path: readonly string[]
}

/** Whether the scenario needs somebody: an expectation is unmet, or it could not be judged. */
export function isFailing({ status }: Pick<ScenarioRecord, 'status'>): boolean {
  return status === 'failed' || status === 'errored'
}

/** Whether the scenario came to a verdict, good or bad. */
export function isJudged({ status }: Pick<ScenarioRecord, 'status'>): boolean {
  return status === 'passed' || status === 'failed' || status === 'errored'
}
