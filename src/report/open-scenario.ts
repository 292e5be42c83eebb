import type {
  JobChanged,
  JobNoted,
  RequestAnswered,
  RequestFailed,
  RequestIntended,
  RequestRetried,
  StepFinished,
  TryFinished,
} from '../model/event.ts'
import type { Outcome } from '../model/outcome.ts'
import type { RequestReport, StepReport, TryReport } from './run-report.ts'

type Draft<T> = { -readonly [name in keyof T]: T[name] }

interface StepDraft extends Draft<Omit<StepReport, 'requests' | 'jobs' | 'jobsLeft'>> {
  readonly requests: RequestDraft[]
  readonly jobs: StepReport['jobs'][number][]
  readonly jobsLeft: StepReport['jobsLeft'][number][]
}

interface RequestDraft extends Draft<Omit<RequestReport, 'retries'>> {
  readonly retries: RequestReport['retries'][number][]
}

interface TryDraft extends Draft<Omit<TryReport, 'steps'>> {
  readonly steps: StepDraft[]
}

/** What belongs to one try of a scenario. */
export type TryEvent =
  | RequestIntended
  | RequestRetried
  | RequestAnswered
  | RequestFailed
  | JobChanged
  | JobNoted
  | StepFinished
  | TryFinished

/** A scenario that has not come to its end: gathers what is told of it, in whatever order requests interleave. */
export class OpenScenario {
  startedAtMs: number | undefined
  readonly #tries: TryDraft[] = []

  add(event: TryEvent): void {
    const attempt = tryOf(this.#tries, event.try)
    switch (event.type) {
      case 'try-finished':
        attempt.durationMs = event.durationMs
        attempt.outcome = event.outcome
        return
      case 'step-finished':
        finishStep(stepOf(attempt.steps, event.step), event)
        return
      case 'job-changed': {
        const { job, id, status, ended } = event
        stepOf(attempt.steps, event.step).jobs.push({ job, id, status, ...(ended ? { ended } : {}) })
        return
      }
      case 'job-noted':
        if (event.phase === 'left') stepOf(attempt.steps, event.step).jobsLeft.push(jobLeft(event))
        return
      default:
        addToRequest(requestOf(stepOf(attempt.steps, event.step).requests, event.request), event)
    }
  }

  /** Its tries in order, the last one with the given end. */
  close(outcome: Outcome, durationMs: number): readonly TryReport[] {
    const tries = this.#tries
    if (tries.length > 1) tries.sort((one, other) => one.number - other.number)
    const last = tries.at(-1)
    if (last) Object.assign(last, { outcome, durationMs })
    for (const { steps } of tries) if (steps.length > 1) steps.sort((one, other) => one.index - other.index)
    return tries
  }
}

const unknownEnd: Outcome = { status: 'not-run', cause: 'interrupted', reason: 'the end of this try is not on record' }

/** The drafts are few, and the one that is asked for is mostly the last. */
function tryOf(tries: TryDraft[], number: number): TryDraft {
  return tries.findLast((attempt) => attempt.number === number) ?? added(tries, { number, durationMs: 0, outcome: unknownEnd, steps: [] })
}

function stepOf(steps: StepDraft[], index: number): StepDraft {
  return (
    steps.findLast((step) => step.index === index) ??
    added(steps, { index, isTeardown: false, findings: [], evidence: [], requests: [], jobs: [], jobsLeft: [] })
  )
}

function requestOf(requests: RequestDraft[], number: number): RequestDraft {
  return requests.findLast((request) => request.number === number) ?? added(requests, { number, attempts: 1, retries: [] })
}

function added<Item>(list: Item[], item: Item): Item {
  list.push(item)
  return item
}

function jobLeft({ job, id, tag, correlationId, error }: JobNoted): StepReport['jobsLeft'][number] {
  return {
    job,
    ...(id !== undefined && { id }),
    ...(tag !== undefined && { tag }),
    ...(correlationId !== undefined && { correlationId }),
    ...(error !== undefined && { error }),
  }
}

function finishStep(step: StepDraft, event: StepFinished): void {
  step.kind = event.kind
  step.durationMs = event.durationMs
  step.isTeardown = event.teardown ?? false
  step.findings = event.findings ?? []
  step.evidence = event.evidence ?? []
  if (event.id !== undefined) step.id = event.id
  if (event.observation !== undefined) step.observation = event.observation
  if (event.problem !== undefined) step.problem = event.problem
}

function addToRequest(request: RequestDraft, event: RequestIntended | RequestRetried | RequestAnswered | RequestFailed): void {
  switch (event.type) {
    case 'request-intended':
      request.api = event.api
      request.method = event.method
      request.path = event.path
      if (event.startsJob) request.startsJob = true
      return
    case 'request-retried':
      request.attempts = event.attempt + 1
      request.retries.push({ attempt: event.attempt, reason: event.reason, delayMs: event.delayMs })
      return
    case 'request-answered':
      request.attempts = event.attempts
      request.status = event.status
      request.latencyMs = event.latencyMs
      if (event.correlationId !== undefined) request.correlationId = event.correlationId
      return
    case 'request-failed':
      request.attempts = event.attempts
      request.problem = event.problem
  }
}
