import type { FileRefused, RunEvent, RunFinished, RunStarted, ScenarioFinished, SuitePlanned, TeardownFailed } from '../model/event.ts'
import type { Outcome } from '../model/outcome.ts'
import { OpenScenario } from './open-scenario.ts'
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

interface Position<Kept> {
  readonly suite: OpenSuite<Kept>
  readonly index: number
  /** Absent once it has ended. */
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
  readonly #positions = new Map<string, Position<Kept>>()
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
      default:
        this.#positions.get(event.scenario)?.open?.add(event)
    }
  }

  /** The whole run. Scenarios without an end get the outcome `not-run: interrupted`: the process died before they had one. */
  report(): RunReport<Kept> {
    for (const position of this.#positions.values()) this.#cutOff(position)
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
    for (const [index, planned] of plan.scenarios.entries()) {
      this.#positions.set(planned.id, { suite, index, open: new OpenScenario(planned, { file: plan.file, name: plan.name }) })
    }
  }

  #start(scenario: string, atMs: number): void {
    const position = this.#positions.get(scenario)
    if (!position?.open) return
    position.open.startedAtMs = atMs
    position.suite.startedAtMs ??= atMs
  }

  #finish(event: ScenarioFinished): void {
    const position = this.#positions.get(event.scenario)
    if (position) this.#close(position, event.outcome, event.durationMs, event.atMs)
  }

  #close(position: Position<Kept>, outcome: Outcome, durationMs: number, atMs: number): void {
    if (!position.open) return
    const scenario = position.open.close(outcome, durationMs)
    delete position.open
    const { suite, index } = position
    countScenario(this.totals, scenario)
    countScenario(suite.totals, scenario)
    suite.kept[index] = this.#options.keep(scenario)
    suite.endedAtMs = Math.max(suite.endedAtMs, atMs)
    if (suite.totals.scenarios === suite.kept.length) this.#options.onSuite?.(suiteReport(suite))
  }

  #cutOff(position: Position<Kept>): void {
    const startedAtMs = position.open?.startedAtMs
    const atMs = this.#lastAtMs
    if (startedAtMs === undefined) this.#close(position, notRun('the run ended before this scenario started'), 0, atMs)
    else this.#close(position, notRun('the run ended while this scenario was running'), atMs - startedAtMs, atMs)
  }

  #teardownFailed({ atMs, scenario, step, problem, findings = [] }: TeardownFailed): void {
    const position = this.#positions.get(scenario)
    const planned = position?.suite.plan.scenarios[position.index]
    if (!position || !planned) return
    this.totals.teardownsFailed += 1
    position.suite.totals.teardownsFailed += 1
    const { file, name } = position.suite.plan
    this.#teardowns.push({ suite: { file, name }, scenario: planned, atMs, step, findings, ...(problem ? { problem } : {}) })
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
