import { formatDuration } from '../model/duration.ts'
import type { Finding } from '../model/finding.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Problem, ProblemCode } from '../model/problem.ts'
import type { Attempt, PlannedRun } from './attempt.ts'
import { isReference, outcomeOfReference } from './blockages.ts'
import { type RunState, roundMs } from './run-state.ts'
import { runStep, type StepEnd } from './run-step.ts'
import type { Seat } from './seat.ts'
import { Stretch } from './stretch.ts'
import { tearDown } from './tear-down.ts'

/** How a try ended. */
export interface TryEnd {
  readonly outcome: Outcome
  /** Teardown apart. */
  readonly durationMs: number
  /** Whether trying again can help and can do no harm. */
  readonly mayRepeat: boolean
}

/** What a further try cannot change, or must not: it might start a second job. */
const FINAL: readonly ProblemCode[] = ['UNKNOWN_OUTCOME', 'INTERNAL_ERROR', 'ABORTED', 'AUTHENTICATION_FAILED', 'FORBIDDEN']

/** Runs a scenario once: its steps in order up to the first that does not do, then its teardown. Never rejects. */
export async function runTry(run: RunState, planned: PlannedRun, number: number, seat: Seat): Promise<TryEnd> {
  const attempt: Attempt = { run, number, seat, outputs: new Map(), putBacks: [], requests: 0, ...planned }
  const startedMs = run.world.clock.now()
  const { started, ...end } = await runSteps(attempt)
  const durationMs = roundMs(run.world.clock.now() - startedMs)
  await tearDown(attempt, started < planned.scenario.steps.length)
  return { durationMs, ...end }
}

async function runSteps(attempt: Attempt): Promise<Omit<TryEnd, 'durationMs'> & { readonly started: number }> {
  const { run, scenario } = attempt
  const stretch = new Stretch()
  const limitMs = scenario.timeoutMs ?? run.options.timeouts.scenarioMs
  const deadline = run.deadlines.start(limitMs, () => stretch.cut(tooLong(limitMs)))
  const leave = run.enterWork(stretch)
  const findings: Finding[] = []
  let started = 0
  let end: StepEnd | undefined
  for (const step of scenario.steps) {
    end = await runStep({ attempt, stretch, deadline, isTeardown: false }, step, started)
    started += 1
    findings.push(...end.findings)
    if (end.problem || hasFailed(run, findings)) break
  }
  leave()
  deadline.stop()
  return { started, outcome: outcomeOf(run, findings, end), mayRepeat: mayRepeat(run, end) }
}

function tooLong(limitMs: number): Problem {
  const message = `the scenario took longer than ${formatDuration(limitMs)}, its limit of time`
  return { code: 'TIMEOUT', message, details: { limit: 'scenario', limitMs } }
}

function outcomeOf(run: RunState, findings: readonly Finding[], last: StepEnd | undefined): Outcome {
  const problem = last?.problem
  if (problem) {
    if (isReference(problem)) return outcomeOfReference(problem)
    if (run.ending?.cut && last.cutBy === run.ending.cut) return run.ending.outcome(problem)
    return { status: 'errored', problem, findings }
  }
  if (hasFailed(run, findings)) return { status: 'failed', findings }
  return findings.length > 0 ? { status: 'inconclusive', findings } : { status: 'passed' }
}

function mayRepeat(run: RunState, end: StepEnd | undefined): boolean {
  if (run.ending?.cut || end?.mayHaveStartedJob) return false
  const problem = end?.problem
  return problem === undefined || !(problem.blocks || isReference(problem) || FINAL.includes(problem.code))
}

/** Whether something is unmet, or, where that is not enough for a verdict, inconclusive. */
function hasFailed({ options }: RunState, findings: readonly Finding[]): boolean {
  return findings.some((finding) => options.strict || finding.inconclusive !== true)
}
