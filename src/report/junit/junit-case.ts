import type { FileRefused } from '../../model/event.ts'
import { formatFault } from '../../model/format-fault.ts'
import type { Outcome } from '../../model/outcome.ts'
import { plain } from '../colours.ts'
import type { ScenarioReport, TeardownReport, TryReport } from '../run-report.ts'
import { showCount } from '../show.ts'
import { headline, tellOutcome, tellScenario, tellTeardown } from '../story.ts'
import { tellEvidence } from '../tell-evidence.ts'
import { caseProperties } from './junit-properties.ts'
import type { JunitCase, JunitResult, JunitText } from './junit-report.ts'
import { LIMITS, xmlLine, xmlStory } from './junit-text.ts'

/** A test case before it is known what else stands in the report; `id` is what its name must not change with. */
export interface CaseDraft extends Omit<JunitCase, 'classname' | 'file'> {
  readonly id: string
}

/** A scenario or example row. Skipped, stopped, inconclusive and excused ones are `<skipped>`; a scenario that was cut off is an `<error>`, never green. */
export function scenarioCase(scenario: ScenarioReport): CaseDraft {
  const { id, name, line, durationMs, outcome, excuse, tries } = scenario
  const element = excuse ? 'skipped' : elementOf(outcome)
  const text = element === undefined ? [] : [`${scenario.suite.file}:${line}`, ...tellScenario(scenario, plain)]
  return {
    id,
    name,
    line,
    durationMs: wholeMs(durationMs),
    ...(element
      ? { result: { element, ...told(excuse ? `${excuse.reason}; ${headline(outcome)}` : headline(outcome), typeOf(outcome), text) } }
      : {}),
    ...outputOf(scenario),
    properties: caseProperties(scenario),
    earlier: tries.length > 1 ? tries.slice(0, -1).map(earlierTry) : [],
  }
}

/** What expectations about many calls rest on; the story of a scenario that did not pass tells it already. */
function outputOf({ outcome, tries }: ScenarioReport): Pick<CaseDraft, 'output'> {
  const last = tries.at(-1)
  const lines = last && outcome.status === 'passed' ? tellEvidence(last.steps, plain) : []
  return lines.length === 0 ? {} : { output: xmlStory(lines) }
}

/** A teardown that did not work: a case beside its scenario's, whose verdict stands. */
export function teardownCase(teardown: TeardownReport): CaseDraft {
  const { scenario, problem, findings, step } = teardown
  const message = headline(problem ? { status: 'errored', problem, findings } : { status: 'failed', findings })
  const result = { element: 'error', ...told(message, problem?.code ?? 'TEARDOWN_FAILED', tellTeardown(teardown, plain)) } as const
  return {
    id: `${scenario.id} teardown ${step}`,
    name: `${scenario.name} (teardown)`,
    line: scenario.line,
    durationMs: 0,
    result,
    properties: [],
    earlier: [],
  }
}

/** A file that could not be used, with everything that is wrong with it. */
export function refusedCase({ file, faults }: FileRefused): CaseDraft {
  const [first, ...others] = faults
  const more = others.length > 0 ? ` (and ${showCount(others.length, 'more fault')})` : ''
  const message = `${first?.message ?? 'the file cannot be used'}${more}`
  const line = first?.place?.file === file ? { line: first.place.line } : {}
  const text = faults.map(formatFault)
  const result = { element: 'error', ...told(message, first?.code ?? 'FILE_REFUSED', text) } as const
  return { id: file, name: 'the scenario file can be used', ...line, durationMs: 0, result, properties: [], earlier: [] }
}

/** A case about the run itself. */
export function runCase(element: JunitResult['element'], type: string, message: string): CaseDraft {
  return {
    id: type,
    name: 'the run came to a verdict',
    durationMs: 0,
    result: { element, ...told(message, type, [message]) },
    properties: [],
    earlier: [],
  }
}

/** Whole milliseconds; 0 where a masked event holds no figure. */
function wholeMs(ms: number): number {
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : 0
}

function elementOf(outcome: Outcome): JunitResult['element'] | undefined {
  switch (outcome.status) {
    case 'passed':
      return undefined
    case 'failed':
      return 'failure'
    case 'errored':
      return 'error'
    case 'skipped':
    case 'inconclusive':
      return 'skipped'
    case 'not-run':
      return outcome.cause === 'interrupted' ? 'error' : 'skipped'
  }
}

function typeOf(outcome: Outcome): string {
  switch (outcome.status) {
    case 'failed':
    case 'inconclusive':
      return outcome.findings[0]?.code ?? outcome.status.toUpperCase()
    case 'errored':
      return outcome.problem.code
    case 'not-run':
      return 'NOT_RUN'
    default:
      return outcome.status.toUpperCase()
  }
}

function earlierTry({ outcome }: TryReport): JunitText {
  return told(headline(outcome), typeOf(outcome), tellOutcome(outcome, plain))
}

function told(message: string, type: string, lines: readonly string[]): JunitText {
  return { message: xmlLine(message, LIMITS.messageLength), type: xmlLine(type, LIMITS.nameLength) || 'UNKNOWN', text: xmlStory(lines) }
}
