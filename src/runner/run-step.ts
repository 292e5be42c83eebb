import { formatDuration } from '../model/duration.ts'
import type { StepFinished } from '../model/event.ts'
import type { Finding } from '../model/finding.ts'
import { type Problem, ProblemError } from '../model/problem.ts'
import type { Step } from '../model/suite.ts'
import type { PerformStep, StepResult } from '../steps/perform-step.ts'
import type { JobNote } from '../steps/step-kind.ts'
import { Activity } from './activity.ts'
import type { Part } from './attempt.ts'
import { placeFindings, placeProblem } from './places.ts'
import { roundMs } from './run-state.ts'
import { Scope } from './scope.ts'
import { createStepContext, type StepAtWork } from './step-context.ts'
import { tidyUp } from './tidy-up.ts'

/** What came of a step, as its scenario sees it. */
export interface StepEnd {
  readonly findings: readonly Finding[]
  readonly problem?: Problem
  /** What cut it short, without what the step was doing. */
  readonly cutBy?: Problem
  /** A request that starts a job was out when the step was cut short, or a job was left: the scenario must not be tried again. */
  readonly mayHaveStartedJob?: true
}

/** Runs one step and tells how it ended. Never rejects; `index` counts over steps, then teardown. */
export async function runStep(part: Part, step: Step, index: number): Promise<StepEnd> {
  const { run, scenario, number, outputs } = part.attempt
  const startedMs = run.world.clock.now()
  const work = new StepWork(part, step, index)
  const { result, ...end } = await work.run()
  if (result && step.id !== undefined) outputs.set(step.id, result.outputs)
  const finished: StepFinished = {
    type: 'step-finished',
    atMs: run.atMs(),
    scenario: scenario.id,
    try: number,
    step: index,
    kind: step.kind,
    ...(step.id === undefined ? {} : { id: step.id }),
    ...(part.isTeardown ? { teardown: true } : {}),
    durationMs: roundMs(run.world.clock.now() - startedMs),
    ...(result ? { observation: result.observation } : {}),
    ...(end.findings.length > 0 ? { findings: end.findings } : {}),
    ...(result?.evidence && result.evidence.length > 0 ? { evidence: result.evidence } : {}),
    ...(end.problem ? { problem: end.problem } : {}),
  }
  run.emit(finished)
  return end
}

class StepWork {
  readonly #part: Part
  readonly #step: Step
  readonly #index: number
  readonly #scope = new Scope()
  readonly #activity = new Activity()
  #cutBy: Problem | undefined
  #mayHaveStartedJob = false

  constructor(part: Part, step: Step, index: number) {
    this.#part = part
    this.#step = step
    this.#index = index
  }

  /** Resolves with what was seen and judged, or with the problem that kept it from that. */
  async run(): Promise<StepEnd & { readonly result?: StepResult }> {
    const { attempt, stretch } = this.#part
    stretch.at((problem) => this.#cut(problem))
    try {
      if (this.#scope.problem) throw new ProblemError(this.#scope.problem)
      const result = await this.#perform()
      return { result, findings: placeFindings(attempt, this.#step, result.findings) }
    } catch (error) {
      return this.#failed(error)
    } finally {
      stretch.at(undefined)
    }
  }

  #failed(error: unknown): StepEnd {
    const { attempt } = this.#part
    // Recording a problem may end the run, and that cuts this step too; but by then it has ended by itself.
    const cutBy = this.#cutBy
    const problem = attempt.run.record(withLeft(this.#problemOf(error), this.#activity.left), attempt.scenario.id)
    return {
      findings: [],
      problem: placeProblem(attempt, this.#step, problem),
      ...(cutBy ? { cutBy } : {}),
      ...(this.#mayHaveStartedJob || this.#activity.mayHaveStartedJob || this.#activity.left.length > 0 ? { mayHaveStartedJob: true } : {}),
    }
  }

  async #perform(): Promise<StepResult> {
    const { attempt } = this.#part
    const perform = performerOf(attempt.run.world.kinds, this.#step.kind)
    const bound = attempt.run.world.bind(this.#step, attempt.outputs)
    const limitMs = this.#step.withinMs ?? this.#usualLimitMs(perform.needsMs?.(bound.input))
    const deadline = attempt.run.deadlines.start(limitMs, () => this.#cut(this.#tooLong(limitMs)))
    const work: StepAtWork = {
      part: this.#part,
      step: this.#step,
      index: this.#index,
      scope: this.#scope,
      activity: this.#activity,
      deadline,
    }
    const held = createStepContext(work)
    try {
      return await this.#scope.race(perform(bound, held.context))
    } catch (error) {
      deadline.stop()
      held.halt()
      await tidyUp(work, held.tidies())
      throw error
    } finally {
      deadline.stop()
      held.halt()
      held.release()
    }
  }

  #usualLimitMs(neededMs = 0): number {
    const { stepMs, stepOfKindMs } = this.#part.attempt.run.options.timeouts
    const limitMs = stepOfKindMs?.[this.#step.kind] ?? stepMs
    return limitMs === 0 ? 0 : Math.max(limitMs, neededMs)
  }

  #tooLong(limitMs: number): Problem {
    const which = this.#step.withinMs === undefined ? 'the time-out of a step' : '"within"'
    const message = `the step took longer than ${formatDuration(limitMs)} (${which})`
    return { code: 'TIMEOUT', message, details: { limit: this.#step.withinMs === undefined ? 'step' : 'within', limitMs } }
  }

  /** Adds what the step was doing, as long as that is known. */
  #cut(problem: Problem): void {
    if (this.#cutBy) return
    this.#cutBy = problem
    this.#mayHaveStartedJob = this.#activity.mayHaveStartedJob
    const doing = this.#activity.describe()
    this.#scope.cut({
      ...problem,
      message: doing === undefined ? problem.message : `${problem.message}; ${doing}`,
      details: { ...problem.details, ...this.#activity.details() },
    })
  }

  #problemOf(error: unknown): Problem {
    if (this.#scope.problem) return this.#scope.problem
    if (error instanceof ProblemError) return error.problem
    return this.#part.attempt.run.bug(error)
  }
}

/** The problem, and what the step could not tidy up. */
function withLeft(problem: Problem, left: readonly JobNote[]): Problem {
  if (left.length === 0) return problem
  const told = left.map((note) => `${whichJob(note)} left running${note.error === undefined ? '' : `: ${note.error}`}`)
  const jobsLeft = left.map(({ job, id, tag, correlationId }) => ({ job, id, tag, correlationId }))
  return { ...problem, message: [problem.message, ...told].join('; '), details: { ...problem.details, jobsLeft } }
}

function whichJob({ job, id, tag, correlationId }: JobNote): string {
  if (id !== undefined) return `${job} ${id} was`
  if (correlationId !== undefined) return `the ${job} with the correlation id ${correlationId} may have been`
  return `a ${job} with the tag ${tag ?? 'that nobody knows'} may have been`
}

function performerOf(kinds: ReadonlyMap<string, PerformStep>, kind: string): PerformStep {
  const perform = kinds.get(kind)
  if (perform) return perform
  const message = `nobody knows how to do a step of the kind "${kind}"; known are ${[...kinds.keys()].join(', ')}`
  throw new ProblemError({ code: 'INVALID_STEP', message })
}
