import type { Evidence } from '../../model/evidence.ts'
import type { Finding } from '../../model/finding.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Outcome } from '../../model/outcome.ts'
import type { Problem } from '../../model/problem.ts'
import type { RequestReport, ScenarioReport, StepReport, TeardownReport, TryReport } from '../run-report.ts'
import { bounded } from './bounded.ts'

/** Lines of explanation of one finding that the report keeps. */
const MAX_DETAILS = 200

/** One scenario as `schemas/results.schema.json` describes it, as text, which takes far less memory than objects until the end of a run. */
export function scenarioJson(scenario: ScenarioReport): string {
  const { id, name, line, tags, startedAtMs, durationMs, outcome, isFlaky, excuse, tries } = scenario
  return JSON.stringify({
    id,
    name,
    line,
    tags,
    flaky: isFlaky,
    excuse,
    startedAtMs,
    durationMs,
    outcome: outcomeOf(outcome),
    tries: tries.map(tryOf),
  })
}

/** One teardown that did not work, as text. */
export function teardownJson({ suite, scenario, step, problem, findings }: TeardownReport): string {
  return JSON.stringify({ file: suite.file, scenario: scenario.id, step, problem: problemOf(problem), findings: findings.map(findingOf) })
}

function tryOf({ number, durationMs, outcome, steps }: TryReport): object {
  return { number, durationMs, outcome: outcomeOf(outcome), steps: steps.map(stepOf) }
}

function stepOf({
  index,
  kind,
  id,
  isTeardown,
  durationMs,
  observation,
  findings,
  evidence,
  problem,
  requests,
  jobs,
  jobsLeft,
}: StepReport): object {
  return {
    index,
    kind,
    id,
    teardown: isTeardown,
    durationMs,
    observation: observation && bounded(observation),
    findings: findings.map(findingOf),
    evidence: evidence.length > 0 ? evidence.map(evidenceOf) : undefined,
    problem: problemOf(problem),
    requests: requests.map(requestOf),
    jobs,
    jobsLeft: jobsLeft.length > 0 ? jobsLeft : undefined,
  }
}

function requestOf({ problem, ...request }: RequestReport): object {
  return { ...request, problem: problemOf(problem) }
}

function outcomeOf(outcome: Outcome): object {
  switch (outcome.status) {
    case 'failed':
    case 'inconclusive':
      return { status: outcome.status, findings: outcome.findings.map(findingOf) }
    case 'errored':
      return { status: outcome.status, problem: problemOf(outcome.problem), findings: outcome.findings.map(findingOf) }
    default:
      return outcome
  }
}

function findingOf({ code, message, expected, actual, details, advice, at, place, inconclusive }: Finding): object {
  return {
    code,
    message,
    expected: expected === undefined ? undefined : bounded(expected),
    actual: actual === undefined ? undefined : bounded(actual),
    details: details?.slice(0, MAX_DETAILS),
    advice,
    at,
    place,
    inconclusive,
  }
}

function evidenceOf({ observed, expected, ...evidence }: Evidence): object {
  return { ...evidence, observed: bounded(observed), expected: bounded(expected) }
}

function problemOf(problem: Problem | undefined): object | undefined {
  if (!problem) return undefined
  const { code, message, advice, blocks, details, place } = problem
  const figures: JsonObject | undefined = details
  return { code, message, advice, blocks, details: figures && bounded(figures), place }
}
