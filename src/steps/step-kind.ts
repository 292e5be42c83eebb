import type { Send } from '../api/send.ts'
import type { Expectation } from '../assertions/expectation.ts'
import type { Clock } from '../model/clock.ts'
import type { JobFacts, JobNoted, SeenFlow } from '../model/event.ts'
import type { Finding } from '../model/finding.ts'
import type { Inbox, TakeDelivery } from '../model/inbox.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { StopSignal } from '../model/stop-signal.ts'
import type { VisitBounds } from '../model/visit-bounds.ts'
import type { StepSettings } from './step-settings.ts'

/** A kind of step: how it runs, what was observed, and what can be expected of it. One file each, one line in `kinds.ts`. */
export interface StepKind<Observation extends object = object> {
  /** The key in YAML: `debug`, `compile`. */
  readonly key: string
  /** Does the step. A kind that can see more or less takes from `expect` what has to be seen. Resolves with what was seen; rejects with a `ProblemError` where nothing could be seen. */
  readonly run: (input: JsonObject, context: StepContext, expect?: JsonObject) => Promise<Observation>
  /** Each key of `expect`, and how it is judged; or how to load that, where it takes code that other kinds do not need. */
  readonly expectations: Expectations<Observation> | (() => Promise<Expectations<Observation>>)
  /** What must hold although the author did not say so, given what the author did say. */
  readonly implied: (expect: JsonObject, observation: Observation) => readonly Finding[]
  /**
   * The time that a step with this input needs by its own words, in milliseconds: the configured time-out of a step leaves it that much.
   * @default nothing is said
   */
  readonly needsMs?: (input: JsonObject) => number | undefined
  /** Whether such a step will open an inbox; a port that is taken is then told before anything is sent. @default never */
  readonly receives?: (input: JsonObject, expect: JsonObject, settings: StepSettings) => boolean
  /** The fields that later steps may take as `${steps.ID.field}`; nested fields are reached with further dots. */
  readonly outputs: (observation: Observation) => JsonObject
}

/** Expectations by their key in `expect`. */
export type Expectations<Observation> = Readonly<Record<string, Expectation<Observation>>>

/** All that a step may use of the world. */
export interface StepContext {
  readonly send: Send
  readonly clock: Clock
  /** Which step of which run this is. */
  readonly origin: StepOrigin
  /** The run's: drawn numbers are the same when the run is repeated with `--seed`. */
  readonly seed: number
  /** Even in [0, 1), from the run's seed: spreads waits. */
  readonly random: () => number
  readonly settings: StepSettings
  /** Aborts at the step's, scenario's or run's end of time, or when the run is interrupted. */
  readonly signal: StopSignal
  /** `expect.within`; absent: the configured time-out of a step. */
  readonly withinMs: number | undefined
  /** When the step's time is over, on `clock.now()`. It may move back while the step waits for a place. Absent: nothing bounds it. */
  readonly deadlineAtMs?: number
  /** Waits without occupying the scenario's place among those that work at once. */
  readonly park: <T>(wait: () => Promise<T>) => Promise<T>
  /**
   * Runs `work`, which starts a job and waits for its end, in one of the places for open jobs (`limits.jobsOpen`, and those of its kind,
   * e.g. `limits.simulations.active`); waits parked for a place.
   */
  readonly openJob: <T>(work: () => Promise<T>) => Promise<T>
  /** Told of every job that was started, of each change of its status, and of its end. */
  readonly job: (change: JobChange) => void
  /** Opens a place to which the target can POST; it is closed with the step. Rejects with a `ProblemError` where nothing can listen. */
  readonly openInbox: (take: TakeDelivery) => Promise<Inbox>
  /** Told of what else happens to a job and belongs to the record of the run. */
  readonly note: (note: JobNote) => void
  /** Told of the definition of a flow, once a run. */
  readonly flowSeen: (flow: SeenFlow) => void
  /**
   * Registers how to tidy up should the step end without a result (its time is over, the run is interrupted, or it rejects). `tidy` has a
   * bounded time of its own, and a `send` that the step's signal does not touch; the step's places are held meanwhile. Returns the function
   * that takes it back. May be called again; the last registered goes first.
   */
  readonly ifCut: (tidy: (send: Send) => Promise<void>) => () => void
  /**
   * Registers what is to be put back once the scenario is over: it runs behind the teardown, whatever happened, in the time of the
   * teardown, the last registered first. What it rejects with is told as a teardown that failed.
   */
  readonly atEnd: (putBack: (context: EndContext) => Promise<void>) => void
  /** What the definition of a flow says about how often a call may come to its nodes; `undefined` where it is no flow. Absent: unknown. */
  readonly visitBounds?: (definition: Json) => Promise<VisitBounds | undefined>
  /** Shared by all steps of a kind during a run, e.g. the usual duration of a compilation. Made on first use. */
  readonly shared: <T>(name: string, make: () => T) => T
}

/** What may still be used when the scenario is over: the signal is that of the teardown. */
export type EndContext = Pick<StepContext, 'send' | 'clock' | 'signal' | 'job' | 'note'>

/** What tells a step from all others of all runs: a job carries it where the API allows. */
export interface StepOrigin {
  /** A UUID. */
  readonly runId: string
  /** `Scenario.id`. */
  readonly scenario: string
  /** Counts from 0 over steps, then teardown. */
  readonly step: number
  /** Counts from 1. */
  readonly try: number
}

export interface JobChange extends JobFacts {
  /** `compile`, … */
  readonly job: string
  readonly id: string
  readonly status: string
  readonly ended?: true
}

/** Something that happens to a job beside its changes of status: see the event `job-noted`. */
export interface JobNote extends JobFacts {
  readonly job: string
  /** Absent: the target has given none, or it is not known. */
  readonly id?: string
  readonly phase: JobNoted['phase']
}
