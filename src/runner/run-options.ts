import type { Client } from '../api/send.ts'
import type { Clock } from '../model/clock.ts'
import type { RunEvent, RunShard, RunStarted } from '../model/event.ts'
import type { Excuse } from '../model/excuse.ts'
import type { Fault } from '../model/fault.ts'
import type { Receiver } from '../model/inbox.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { Place, Pointer } from '../model/place.ts'
import type { Step, Suite } from '../model/suite.ts'
import type { VisitBounds } from '../model/visit-bounds.ts'
import type { PerformStep } from '../steps/perform-step.ts'
import type { StepSettings } from '../steps/step-settings.ts'

/** A scenario file after reading: what is left of it to run, or everything that is wrong with it. */
export type LoadedFile =
  | { readonly file: string; readonly suite: Suite; readonly faults?: never }
  | { readonly file: string; readonly faults: readonly Fault[]; readonly suite?: never }

/** Read one by one while scenarios run: pulled only when there is room for more. */
export type LoadedFiles = Iterable<LoadedFile> | AsyncIterable<LoadedFile>

/** All that a run touches. Nothing else is read, written or called. */
export interface RunWorld {
  /** The step kinds by their key. */
  readonly kinds: ReadonlyMap<string, PerformStep>
  readonly client: Client
  readonly clock: Clock
  /** Takes what the target POSTs to inboxes of steps. Absent: a step that needs one is errored. */
  readonly receiver?: Receiver
  /** Even in [0, 1), from the run's seed: spreads waits. */
  readonly random: () => number
  /** Takes the events, in order. Must not wait; a request that starts a job goes out as soon as this returns. */
  readonly emit: (event: RunEvent) => void
  /** Ends the run early; its reason should be an `Interruption`. */
  readonly signal: AbortSignal
  /** Fills in what refers to earlier steps, by their id. Throws a `ProblemError` where that is not possible. */
  readonly bind: (step: Step, earlier: ReadonlyMap<string, JsonObject>) => Step
  /** What the definition of a flow says about how often a call may come to its nodes. Absent: calls are judged by their traces alone. */
  readonly visitBounds?: (definition: Json) => Promise<VisitBounds | undefined>
  /** Where a value of a scenario file stands; called only when something is wrong. */
  readonly locate: (file: string, pointer: Pointer) => Place | undefined
  /** What an earlier part of this run told of a scenario (by its id) that it finished: it is told again, and not run. @default nothing */
  readonly finished?: (scenario: string) => readonly RunEvent[] | undefined
  /** Why a scenario (by its id) that failed or errored does not make the run red; `undefined`: it does. @default nothing is excused */
  readonly excuse?: (scenario: string) => Excuse | undefined
}

/** How a run goes. */
export interface RunOptions {
  readonly runId: string
  readonly seed: number
  readonly version: string
  readonly hostname: string
  readonly target: RunStarted['target']
  readonly limits: RunLimits
  readonly timeouts: RunTimeouts
  /** What is configured about single kinds of steps. */
  readonly steps: StepSettings
  /** How often a scenario is tried again when it fails or errors, where it does not say so itself. @default 0 */
  readonly retries?: number
  /** Whether a scenario that passes on a later try only counts as failed. @default false */
  readonly failOnFlaky?: boolean
  /** Whether too little evidence is a failure: an inconclusive scenario is then `failed`. @default false */
  readonly strict?: boolean
  /** After so many scenarios that failed or errored no other is started; at least 1. @default Infinity */
  readonly bail?: number
  /** Whether a run in which nothing ran is all right. @default false */
  readonly passWithNoTests?: boolean
  /** Why nothing was selected, where that can be said; asked once all files are read. @default unknown */
  readonly whyNothing?: () => string | undefined
  /** How long scenarios took earlier, in milliseconds by their id; those that took longest, and unknown ones, start first. @default none */
  readonly durations?: ReadonlyMap<string, number>
  /** Whether scenarios start in an order that comes from the seed, whatever they took earlier. @default false */
  readonly shuffle?: boolean
  /** Which part of a night this run is; only told. @default all of it */
  readonly shard?: RunShard
  /** The run that this one goes on with, and when that started (RFC 3339). @default this one starts anew */
  readonly resumes?: Resumed
}

/** The earlier part of a run. */
interface Resumed {
  readonly runId: string
  /** RFC 3339. */
  readonly startedAt: string
  /** What it told of no scenario, e.g. of flows, to be told again. */
  readonly told: readonly RunEvent[]
}

interface RunLimits {
  /** Scenarios that work at once. */
  readonly requestsAtOnce: number
  /** Scenarios that wait for a job beside those, without a place of their own. */
  readonly jobsOpen: number
  /** Jobs of one kind of step (its key) that are open at once, within `jobsOpen`. @default only that */
  readonly jobsOpenOfKind?: Readonly<Record<string, number>>
}

/** Limits of time in milliseconds; 0 = no limit. */
interface RunTimeouts {
  /** A step that does not say `expect.within`. */
  readonly stepMs: number
  /** The same for the steps of one kind (its key). @default stepMs */
  readonly stepOfKindMs?: Readonly<Record<string, number>>
  /** One try of a scenario, teardown apart. */
  readonly scenarioMs: number
  readonly runMs: number
  /** The teardown of one try. @default stepMs */
  readonly teardownMs?: number
  /** All teardowns together, once the run is interrupted. @default 4000 */
  readonly interruptedTeardownMs?: number
}

/** What came of a run. */
export interface RunSummary {
  /** See `exitCodeOf`. */
  readonly exitCode: number
  readonly counts: RunCounts
  /** Errors that are bugs of ours, to be shown with their stack. Where there is one, the exit code is 70. */
  readonly bugs: readonly unknown[]
  /** Why the run ended early. */
  readonly interruption?: string
}

/** How many scenarios ended how; `flaky` are counted under `passed` (or `failed`, with `failOnFlaky`) as well, `excused` ones under nothing else. */
export interface RunCounts {
  readonly passed: number
  readonly failed: number
  readonly errored: number
  readonly skipped: number
  readonly inconclusive: number
  readonly notRun: number
  readonly flaky: number
  /** Failed or errored, and do not make the run red. */
  readonly excused: number
  readonly filesRefused: number
  readonly teardownsFailed: number
}
