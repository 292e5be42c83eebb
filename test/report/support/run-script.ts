import type { PlannedScenario, RunEvent, RunFinished } from '../../../src/model/event.ts'
import type { Finding } from '../../../src/model/finding.ts'
import type { Outcome } from '../../../src/model/outcome.ts'
import type { Problem } from '../../../src/model/problem.ts'

export const passed: Outcome = { status: 'passed' }

export function failed(...findings: Finding[]): Outcome {
  return { status: 'failed', findings }
}

export function errored(problem: Problem): Outcome {
  return { status: 'errored', problem, findings: [] }
}

export const runStarted: RunEvent = {
  type: 'run-started',
  atMs: 0,
  runId: '5b7c1d3e-0f2a-4c6b-8d9e-1a2b3c4d5e6f',
  startedAt: '2026-01-02T03:04:05.678Z',
  version: '1.2.3',
  target: { name: 'emulator', baseUrl: 'http://emulator.internal' },
  seed: 42,
  hostname: 'runner-1',
}

export function runFinished(exitCode: number, atMs: number, rest: Partial<RunFinished> = {}): RunEvent {
  return { type: 'run-finished', atMs, exitCode, ...rest }
}

/** A file with scenarios of these names, on lines 3, 9, 15, … */
export function planned(file: string, name: string, names: readonly string[]): RunEvent & { readonly type: 'suite-planned' } {
  return { type: 'suite-planned', atMs: 1, file, name, scenarios: names.map((each, index) => scenario(file, each, 3 + index * 6)) }
}

function scenario(file: string, name: string, line: number): PlannedScenario {
  return { id: `${file}#${name}`, name, line, tags: [] }
}

export interface Turn {
  readonly outcome: Outcome
  readonly atMs: number
  readonly durationMs?: number
  readonly tries?: number
}

/** A scenario of one debug step that goes through without events of its own. */
export function turn(id: string, { outcome, atMs, durationMs = 10, tries = 1 }: Turn): RunEvent[] {
  const findings = 'findings' in outcome ? outcome.findings : []
  const problem = outcome.status === 'errored' ? { problem: outcome.problem } : {}
  const at = { scenario: id, try: tries, step: 0 }
  if (tries === 0) return [{ type: 'scenario-finished', atMs, scenario: id, tries, durationMs: 0, outcome }]
  return [
    { type: 'scenario-started', atMs, scenario: id },
    { type: 'request-intended', atMs, ...at, request: 0, api: 'flow-debug', method: 'POST', path: '/api/v2/flows/debug' },
    { type: 'request-answered', atMs: atMs + 1, ...at, request: 0, status: 200, latencyMs: 1, attempts: 1, correlationId: `c-${atMs}` },
    { type: 'step-finished', atMs: atMs + durationMs, ...at, kind: 'debug', durationMs, findings, ...problem },
    { type: 'scenario-finished', atMs: atMs + durationMs, scenario: id, tries, durationMs, outcome },
  ]
}
