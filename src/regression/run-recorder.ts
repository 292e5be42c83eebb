import type { RunEvent, RunStarted } from '../model/event.ts'
import { isTrace } from '../model/trace.ts'
import { RunCollector } from '../report/run-collector.ts'
import type { ScenarioReport, StepReport } from '../report/run-report.ts'
import { headline } from '../report/story.ts'
import type { CallRecord, RunRecord, ScenarioRecord } from './run-record.ts'

/** Makes the record of a run from its events, live or from a journal. */
export class RunRecorder {
  readonly #source: string
  readonly #collector = new RunCollector<ScenarioRecord>({ keep: recordOf })
  #started: RunStarted | undefined

  /** `source` names the journal in messages. */
  constructor(source: string) {
    this.#source = source
  }

  on(event: RunEvent): void {
    if (event.type === 'run-started') this.#started = event
    this.#collector.on(event)
  }

  /** The record; `undefined` where there was not even the start of a run. */
  record(): RunRecord | undefined {
    const { finished, durationMs, suites } = this.#collector.report()
    if (!this.#started) return undefined
    return {
      source: this.#source,
      started: this.#started,
      isComplete: finished !== undefined,
      ...(finished ? { exitCode: finished.exitCode } : {}),
      durationMs,
      scenarios: new Map(suites.flatMap(({ scenarios }) => scenarios.map((scenario) => [scenario.id, scenario]))),
    }
  }
}

function recordOf(scenario: ScenarioReport): ScenarioRecord {
  const { id, name, suite, line, outcome, isFlaky, durationMs, tries } = scenario
  return {
    id,
    name,
    suite: suite.name,
    file: suite.file,
    line,
    status: outcome.status,
    isFlaky,
    durationMs,
    headline: headline(isFlaky ? (tries[0]?.outcome ?? outcome) : outcome),
    calls: (tries.at(-1)?.steps ?? []).flatMap(callOf),
  }
}

function callOf({ index, observation }: StepReport): CallRecord[] {
  if (!isTrace(observation)) return []
  const { flowId, flowVersion, visits } = observation
  return [{ step: index, flowId, ...(flowVersion === undefined ? {} : { flowVersion }), path: visits.map(({ node }) => node) }]
}
