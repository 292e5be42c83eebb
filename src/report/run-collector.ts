import type {
  FileRefused,
  PlannedScenario,
  RunEvent,
  RunFinished,
  RunStarted,
  ScenarioFinished,
  SuitePlanned,
  TeardownFailed,
} from '../model/event.ts'
import { isFlakyOutcome } from '../model/flaky.ts'
import type { Outcome } from '../model/outcome.ts'
import { OpenScenario, type TryEvent } from './open-scenario.ts'
import type { RunReport, ScenarioReport, SuiteReport, TeardownReport } from './run-report.ts'
import { countScenario, emptyTally, type Tally } from './totals.ts'

/** What a report makes of scenarios and suites as soon as they have ended; everything else of them is forgotten. */
export interface CollectorOptions<Kept> {
  readonly keep: (scenario: ScenarioReport) => Kept
  /** Told once all scenarios of a file have ended. */
  readonly onSuite?: (suite: SuiteReport<Kept>) => void
}

interface OpenSuite<Kept> {
  readonly plan: SuitePlanned
  readonly kept: (Kept | undefined)[]
  readonly totals: Tally
  startedAtMs?: number
  endedAtMs: number
}

/** A scenario that has no end yet. */
interface Waiting<Kept> {
  readonly suite: OpenSuite<Kept>
  readonly index: number
  readonly planned: PlannedScenario
  /** Absent before anything is told of it. */
  open?: OpenScenario
}

/**
 * The projection that all reports share: puts events together to suites, scenarios, tries, steps and requests, in any order in
 * which scenarios interleave. It holds the details of a scenario only while that runs. Events of scenarios that nobody planned
 * (a journal with lines missing) are ignored.
 */
export class RunCollector<Kept> {
  readonly totals: Tally = emptyTally()
  readonly #options: CollectorOptions<Kept>
  readonly #suites: OpenSuite<Kept>[] = []
  readonly #waiting = new Map<string, Waiting<Kept>>()
  readonly #refused: FileRefused[] = []
  readonly #teardowns: TeardownReport[] = []
  #started: RunStarted | undefined
  #finished: RunFinished | undefined
  #lastAtMs = 0

  constructor(options: CollectorOptions<Kept>) {
    this.#options = options
  }

  on(event: RunEvent): void {
    this.#lastAtMs = Math.max(this.#lastAtMs, event.atMs)
    switch (event.type) {
      case 'run-started':
        this.#started = event
        return
      case 'run-finished':
        this.#finished = event
        return
      case 'file-refused':
        this.totals.filesRefused += 1
        this.#refused.push(event)
        return
      case 'suite-planned':
        this.#plan(event)
        return
      case 'scenario-started':
        this.#start(event.scenario, event.atMs)
        return
      case 'scenario-finished':
        this.#finish(event)
        return
      case 'teardown-failed':
        this.#teardownFailed(event)
        return
      case 'delivery-refused':
      case 'inbox-closed':
      case 'deliveries-late':
      case 'flow-seen':
        return
      default:
        this.#add(event)
    }
  }

  /** The whole run. Scenarios without an end get the outcome `not-run: interrupted`: the process died before they had one. */
  report(): RunReport<Kept> {
    for (const waiting of this.#waiting.values()) this.#cutOff(waiting)
    return {
      ...(this.#started ? { started: this.#started } : {}),
      ...(this.#finished ? { finished: this.#finished } : {}),
      durationMs: this.#finished?.atMs ?? this.#lastAtMs,
      refused: this.#refused.toSorted(byFile),
      suites: this.#suites.map((suite) => suiteReport(suite)).sort(byFile),
      teardownsFailed: this.#teardowns,
      totals: this.totals,
    }
  }

  #plan(plan: SuitePlanned): void {
    const suite: OpenSuite<Kept> = { plan, kept: plan.scenarios.map(() => undefined), totals: emptyTally(), endedAtMs: plan.atMs }
    this.#suites.push(suite)
    for (const [index, planned] of plan.scenarios.entries()) this.#waiting.set(planned.id, { suite, index, planned })
  }

  #start(scenario: string, atMs: number): void {
    const waiting = this.#waiting.get(scenario)
    if (!waiting) return
    waiting.open ??= new OpenScenario()
    waiting.open.startedAtMs = atMs
    waiting.suite.startedAtMs ??= atMs
  }

  #add(event: TryEvent): void {
    const waiting = this.#waiting.get(event.scenario)
    if (!waiting) return
    waiting.open ??= new OpenScenario()
    waiting.open.add(event)
  }

  #finish({ scenario, outcome, durationMs, atMs, excuse }: ScenarioFinished): void {
    const waiting = this.#waiting.get(scenario)
    if (waiting) this.#close(waiting, { outcome, durationMs, ...(excuse ? { excuse } : {}) }, atMs)
  }

  #cutOff(waiting: Waiting<Kept>): void {
    const startedAtMs = waiting.open?.startedAtMs
    const atMs = this.#lastAtMs
    if (startedAtMs === undefined)
      this.#close(waiting, { outcome: notRun('the run ended before this scenario started'), durationMs: 0 }, atMs)
    else this.#close(waiting, { outcome: notRun('the run ended while this scenario was running'), durationMs: atMs - startedAtMs }, atMs)
  }

  #close({ suite, index, planned, open }: Waiting<Kept>, end: End, atMs: number): void {
    this.#waiting.delete(planned.id)
    const scenario = reportOf(suite.plan, planned, end, open)
    countScenario(this.totals, scenario)
    countScenario(suite.totals, scenario)
    suite.kept[index] = this.#options.keep(scenario)
    suite.endedAtMs = Math.max(suite.endedAtMs, atMs)
    if (suite.totals.scenarios === suite.kept.length) this.#options.onSuite?.(suiteReport(suite))
  }

  #teardownFailed({ atMs, scenario, step, problem, findings = [] }: TeardownFailed): void {
    const waiting = this.#waiting.get(scenario)
    if (!waiting) return
    const { suite, planned } = waiting
    this.totals.teardownsFailed += 1
    suite.totals.teardownsFailed += 1
    this.#teardowns.push({ suite: suite.plan, scenario: planned, atMs, step, findings, ...(problem ? { problem } : {}) })
  }
}

type End = Pick<ScenarioFinished, 'outcome' | 'durationMs' | 'excuse'>

function reportOf(suite: SuitePlanned, planned: PlannedScenario, end: End, open: OpenScenario | undefined): ScenarioReport {
  const { outcome, durationMs, excuse } = end
  const { id, name, line, tags, repeatOf } = planned
  const tries = open?.close(outcome, durationMs) ?? []
  const isFlaky = isFlakyOutcome(outcome, tries.length)
  return {
    id,
    name,
    line,
    tags,
    ...(repeatOf === undefined ? {} : { repeatOf }),
    suite,
    startedAtMs: open?.startedAtMs,
    durationMs,
    outcome,
    isFlaky,
    ...(excuse ? { excuse } : {}),
    tries,
  }
}

function notRun(reason: string): Outcome {
  return { status: 'not-run', cause: 'interrupted', reason }
}

function suiteReport<Kept>(suite: OpenSuite<Kept>): SuiteReport<Kept> {
  const { plan, kept, totals, startedAtMs, endedAtMs } = suite
  return {
    file: plan.file,
    name: plan.name,
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    durationMs: startedAtMs === undefined ? 0 : Math.max(0, endedAtMs - startedAtMs),
    scenarios: kept.filter((scenario) => scenario !== undefined),
    totals,
  }
}

function byFile(one: { readonly file: string }, other: { readonly file: string }): number {
  return one.file < other.file ? -1 : one.file > other.file ? 1 : 0
}
