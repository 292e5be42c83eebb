import type { CallRecord, RunRecord, ScenarioRecord } from '../../src/regression/run-record.ts'

/** A scenario of a run: `passed` in 10 ms unless it says otherwise. */
export function scenario(name: string, rest: Partial<ScenarioRecord> = {}): ScenarioRecord {
  const file = 'scenarios/menu.cxspec.yaml'
  const { status = 'passed', durationMs = 10 } = rest
  const samplesMs = status === 'passed' ? [durationMs] : []
  const usual = { status, isFlaky: false, durationMs, samplesMs, headline: '', calls: [] }
  return { id: `${file}#${name}`, name, suite: 'Menu', file, line: 3, ...usual, ...rest }
}

/** A call into `main-menu` by way of these nodes. */
export function call(path: string, rest: Partial<CallRecord> = {}): CallRecord {
  return { step: 0, flowId: 'main-menu', path: path.split(' '), ...rest }
}

/** The run of a night of January 2026. */
export function night(day: number, scenarios: readonly ScenarioRecord[], rest: Partial<RunRecord> = {}): RunRecord {
  return {
    source: `nights/${day}.jsonl`,
    started: {
      type: 'run-started',
      atMs: 0,
      runId: `run-${day}`,
      startedAt: `2026-01-${String(day).padStart(2, '0')}T02:00:00.000Z`,
      version: '1.2.3',
      target: { name: 'staging', baseUrl: 'https://staging.test' },
      seed: 42,
      hostname: 'runner-1',
    },
    isComplete: true,
    exitCode: 0,
    durationMs: 1_000,
    scenarios: new Map(scenarios.map((each) => [each.id, each])),
    ...rest,
  }
}
