import type { Evidence } from './evidence.ts'
import type { Excuse } from './excuse.ts'
import type { Fault } from './fault.ts'
import type { Finding } from './finding.ts'
import type { Json, JsonObject } from './json.ts'
import type { Outcome } from './outcome.ts'
import type { Problem } from './problem.ts'
import type { Scenario, Suite } from './suite.ts'

/**
 * What happens in a run, in order. The journal keeps each as one line, and every report is made from them and nothing else.
 * `atMs` is milliseconds since the run started; `scenario` is {@link Scenario.id}; `step` counts from 0 over steps, then teardown.
 */
export type RunEvent =
  | RunStarted
  | FileRefused
  | SuitePlanned
  | ScenarioStarted
  | RequestIntended
  | RequestRetried
  | RequestAnswered
  | RequestFailed
  | JobChanged
  | DeliveryRefused
  | InboxClosed
  | DeliveriesLate
  | JobNoted
  | FlowSeen
  | StepFinished
  | TryFinished
  | ScenarioFinished
  | TeardownFailed
  | RunFinished

export interface RunStarted {
  readonly type: 'run-started'
  readonly atMs: number
  /** A UUID. Every job that the run starts carries it where the API allows. */
  readonly runId: string
  /** RFC 3339, UTC. */
  readonly startedAt: string
  readonly version: string
  readonly target: { readonly name: string; readonly baseUrl: string }
  readonly seed: number
  readonly hostname: string
  /** Absent: everything that was selected runs here. */
  readonly shard?: RunShard
  /** Scenarios start in an order that comes from the seed. */
  readonly shuffled?: true
  /** The id of the run that this one goes on with; what that had finished is told again, and `startedAt` is when it started. */
  readonly resumes?: string
}

/** Which part of a night runs on this machine. */
export interface RunShard {
  /** Counts from 1. */
  readonly index: number
  readonly count: number
  /** The same on machines that dealt the same scenarios in the same way. */
  readonly fingerprint: string
  /** How many scenarios all shards have together. */
  readonly scenarios: number
}

/** A scenario file that cannot be used; the others run. */
export interface FileRefused {
  readonly type: 'file-refused'
  readonly atMs: number
  readonly file: string
  readonly faults: readonly Fault[]
}

/** What will run, or be skipped, of one file. A scenario of it without `scenario-finished` did not run. */
export interface SuitePlanned {
  readonly type: 'suite-planned'
  readonly atMs: number
  readonly file: Suite['file']
  readonly name: Suite['name']
  readonly scenarios: readonly PlannedScenario[]
}

export type PlannedScenario = Pick<Scenario, 'id' | 'name' | 'line' | 'tags' | 'repeatOf'>

interface ScenarioStarted {
  readonly type: 'scenario-started'
  readonly atMs: number
  readonly scenario: string
}

/** Which request of which step: `request` counts from 0 within the try, whatever the number of attempts. */
interface RequestOfStep {
  readonly atMs: number
  readonly scenario: string
  /** Counts from 1. */
  readonly try: number
  readonly step: number
  readonly request: number
}

/** Flushed to disk before a request that starts a job is sent. */
export interface RequestIntended extends RequestOfStep {
  readonly type: 'request-intended'
  readonly api: string
  readonly method: string
  readonly path: string
  readonly body?: Json
  readonly startsJob?: true
  /** What the target's own log, and with `startsJob` the job, can be looked for by, should the answer never come. */
  readonly correlationId?: string
}

/** An attempt that did not do; the next one follows after `delayMs`. */
export interface RequestRetried extends RequestOfStep {
  readonly type: 'request-retried'
  /** The attempt that failed; counts from 1. */
  readonly attempt: number
  readonly reason: string
  readonly delayMs: number
}

export interface RequestAnswered extends RequestOfStep {
  readonly type: 'request-answered'
  readonly status: number
  /** Of the last attempt. */
  readonly latencyMs: number
  readonly attempts: number
  readonly correlationId?: string
}

/** No attempt led to an answer that can be used. */
export interface RequestFailed extends RequestOfStep {
  readonly type: 'request-failed'
  readonly attempts: number
  readonly problem: Problem
}

/** Figures of a job, where they are known: for the record of who did what when. */
export interface JobFacts {
  /** What it is about: the flow, the campaign, the action or the agent. */
  readonly subject?: string
  /** The mark by which a job without a known id can be found on the target. */
  readonly tag?: string
  readonly correlationId?: string
  /** What is sent to start it. */
  readonly payload?: Json
  /** What came of it. */
  readonly result?: Json
  /** Of the answer that told this, in milliseconds. */
  readonly latencyMs?: number
  readonly httpStatus?: number
  /** What went wrong. */
  readonly error?: string
}

/** A job on the target: started, or seen in another status than before. */
export interface JobChanged extends JobFacts {
  readonly type: 'job-changed'
  readonly atMs: number
  readonly scenario: string
  readonly try: number
  readonly step: number
  /** `compile`, `simulation`, later `execution`. */
  readonly job: string
  readonly id: string
  readonly status: string
  /** No further change will come. */
  readonly ended?: true
}

/**
 * What happens to a job beside its changes of status. `validated`: what is going to be sent was checked; `dispatched`: it is about to be
 * sent; `aggregated`: what came of it was handed on; `stopped`: we ended it before its time; `left`: it may go on without us, or may
 * have been started without our knowing, so that somebody has to look for it by its id or its tag.
 */
export interface JobNoted extends JobFacts {
  readonly type: 'job-noted'
  readonly atMs: number
  readonly scenario: string
  readonly try: number
  readonly step: number
  readonly job: string
  /** Absent: the target has given none, or it is not known. */
  readonly id?: string
  readonly phase: 'validated' | 'dispatched' | 'aggregated' | 'stopped' | 'left'
}

/** Something was POSTed to the receiver and answered with an error. Without `scenario`: to a place that belongs to no step. */
export interface DeliveryRefused {
  readonly type: 'delivery-refused'
  readonly atMs: number
  readonly scenario?: string
  readonly try?: number
  readonly step?: number
  /** As it was answered. */
  readonly status: number
  readonly reason: string
  /** How often it happened: told at the end of the run for what was too much to be told one by one. @default 1 */
  readonly times?: number
}

/** A step takes no more deliveries; how many there were. */
interface InboxClosed {
  readonly type: 'inbox-closed'
  readonly atMs: number
  readonly scenario: string
  readonly try: number
  readonly step: number
  readonly taken: number
  readonly refused: number
}

/** Deliveries that came after their step had ended: told at the end of the run. */
interface DeliveriesLate {
  readonly type: 'deliveries-late'
  readonly atMs: number
  readonly scenario: string
  readonly try: number
  readonly step: number
  readonly late: number
}

/**
 * The definition of a flow that calls go through, as it was when the run first came to it; told once a run, before the first step of it has
 * finished. The flows that it calls are told as well. Only where somebody asks for it (`--coverage`).
 */
interface FlowSeen extends SeenFlow {
  readonly type: 'flow-seen'
  readonly atMs: number
}

/** A flow as a run has met it. */
export interface SeenFlow {
  readonly flowId: string
  /** Absent where the target does not tell. */
  readonly version?: string
  /** SHA-256 of the definition, in hex: the same for definitions that hold the same. Absent where there is none. */
  readonly fingerprint?: string
  readonly definition?: JsonObject
  /** The file that holds this definition, relative to the working directory; absent: none here does. */
  readonly file?: string
  /** With `file`: the lines of its nodes, by their id. */
  readonly lines?: Readonly<Record<string, NodeLines>>
  /** Our own emulator executes it, so that the same call goes the same way again. */
  readonly emulated?: true
  /** Why the definition is not known. */
  readonly problem?: string
}

/** Where a node and its branches stand in a file. Lines count from 1. */
export interface NodeLines {
  readonly line: number
  /** By label. */
  readonly branches: Readonly<Record<string, number>>
}

export interface StepFinished {
  readonly type: 'step-finished'
  readonly atMs: number
  readonly scenario: string
  readonly try: number
  readonly step: number
  readonly kind: string
  readonly id?: string
  readonly teardown?: true
  readonly durationMs: number
  /** What was seen, as the step kind defines it; absent where nothing was. */
  readonly observation?: JsonObject
  readonly findings?: readonly Finding[]
  /** What expectations about many calls rest on, also those that are met. @default [] */
  readonly evidence?: readonly Evidence[]
  readonly problem?: Problem
}

/** A try that was not the last one. */
export interface TryFinished {
  readonly type: 'try-finished'
  readonly atMs: number
  readonly scenario: string
  readonly try: number
  readonly durationMs: number
  readonly outcome: Outcome
}

/** Exactly one for each planned scenario, unless the process dies. */
export interface ScenarioFinished {
  readonly type: 'scenario-finished'
  readonly atMs: number
  readonly scenario: string
  /** How many tries there were; 0 where it did not start. */
  readonly tries: number
  /** Of the last try, teardown apart. */
  readonly durationMs: number
  readonly outcome: Outcome
  /** Why it does not make the run red although it failed or errored; absent: it does. */
  readonly excuse?: Excuse
}

/** The scenario's verdict stands; what it should have tidied up may still be there. Told before `scenario-finished`. */
export interface TeardownFailed {
  readonly type: 'teardown-failed'
  readonly atMs: number
  readonly scenario: string
  readonly step: number
  readonly problem?: Problem
  readonly findings?: readonly Finding[]
}

/** The last event of a run that came to its end, also an interrupted one. */
export interface RunFinished {
  readonly type: 'run-finished'
  readonly atMs: number
  readonly exitCode: number
  /** Why it ended early: the signal, the limit, or the problem that blocked the target. */
  readonly interruption?: string
  /** Why no scenario was selected, where that can be said: a tag that there is not. */
  readonly nothingSelected?: string
  /** The time that the longest of the scenarios took. */
  readonly longestMs?: number
}
