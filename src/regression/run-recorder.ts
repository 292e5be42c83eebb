import type { RunEvent, RunStarted } from '../model/event.ts'
import type { OutcomeStatus } from '../model/outcome.ts'
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
      scenarios: byId(suites.flatMap(({ scenarios }) => scenarios)),
    }
  }
}

function recordOf(scenario: ScenarioReport): ScenarioRecord {
  const { id, name, repeatOf, suite, line, outcome, isFlaky, durationMs, tries } = scenario
  return {
    id: repeatOf ?? id,
    name: repeatOf?.slice(suite.file.length + 1) ?? name,
    suite: suite.name,
    file: suite.file,
    line,
    status: outcome.status,
    isFlaky,
    durationMs,
    samplesMs: outcome.status === 'passed' ? [durationMs] : [],
    headline: headline(isFlaky ? (tries[0]?.outcome ?? outcome) : outcome),
    calls: (tries.at(-1)?.steps ?? []).flatMap(callOf),
  }
}

function callOf({ index, observation }: StepReport): CallRecord[] {
  if (!isTrace(observation)) return []
  const { flowId, flowVersion, visits } = observation
  return [{ step: index, flowId, ...(flowVersion === undefined ? {} : { flowVersion }), path: visits.map(({ node }) => node) }]
}

/** From the best to the worst. */
const BY_GRAVITY: readonly OutcomeStatus[] = ['passed', 'skipped', 'inconclusive', 'not-run', 'errored', 'failed']

/** One record for each scenario, however often it ran. */
function byId(records: readonly ScenarioRecord[]): ReadonlyMap<string, ScenarioRecord> {
  const scenarios = new Map<string, ScenarioRecord>()
  for (const record of records) {
    const known = scenarios.get(record.id)
    scenarios.set(record.id, known ? together(known, record) : record)
  }
  return scenarios
}

function together(one: ScenarioRecord, other: ScenarioRecord): ScenarioRecord {
  const isWorse = BY_GRAVITY.indexOf(other.status) > BY_GRAVITY.indexOf(one.status)
  return {
    ...(isWorse ? other : one),
    isFlaky: one.isFlaky || other.isFlaky,
    durationMs: Math.max(one.durationMs, other.durationMs),
    samplesMs: [...one.samplesMs, ...other.samplesMs],
  }
}
