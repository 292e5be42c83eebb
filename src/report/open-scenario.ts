import type {
  JobChanged,
  PlannedScenario,
  RequestAnswered,
  RequestFailed,
  RequestIntended,
  RequestRetried,
  StepFinished,
  TryFinished,
} from '../model/event.ts'
import type { Outcome } from '../model/outcome.ts'
import type { RequestReport, ScenarioReport, StepReport, TryReport } from './run-report.ts'

type Draft<T> = { -readonly [name in keyof T]: T[name] }

interface StepDraft extends Draft<Omit<StepReport, 'requests' | 'jobs'>> {
  readonly requests: Map<number, RequestDraft>
  readonly jobs: StepReport['jobs'][number][]
}

interface RequestDraft extends Draft<Omit<RequestReport, 'retries'>> {
  readonly retries: RequestReport['retries'][number][]
}

interface TryDraft {
  durationMs: number
  outcome?: Outcome
  readonly steps: Map<number, StepDraft>
}

/** What belongs to one try of a scenario. */
export type TryEvent = RequestIntended | RequestRetried | RequestAnswered | RequestFailed | JobChanged | StepFinished | TryFinished

/** A scenario that has not come to its end: gathers what is told of it, in whatever order requests interleave. */
export class OpenScenario {
  startedAtMs: number | undefined
  readonly #planned: PlannedScenario
  readonly #suite: ScenarioReport['suite']
  readonly #tries = new Map<number, TryDraft>()

  constructor(planned: PlannedScenario, suite: ScenarioReport['suite']) {
    this.#planned = planned
    this.#suite = suite
  }

  get planned(): PlannedScenario {
    return this.#planned
  }

  add(event: TryEvent): void {
    const attempt = this.#try(event.try)
    switch (event.type) {
      case 'try-finished':
        attempt.durationMs = event.durationMs
        attempt.outcome = event.outcome
        return
      case 'step-finished':
        finishStep(stepOf(attempt, event.step), event)
        return
      case 'job-changed': {
        const { job, id, status, ended } = event
        stepOf(attempt, event.step).jobs.push({ job, id, status, ...(ended ? { ended } : {}) })
        return
      }
      default:
        addToRequest(requestOf(stepOf(attempt, event.step), event.request), event)
        return
    }
  }

  /** The whole scenario, with `outcome` as the end of its last try. */
  close(outcome: Outcome, durationMs: number): ScenarioReport {
    const numbers = [...this.#tries.keys()].sort((one, other) => one - other)
    const tries = numbers.map((number) => this.#report(number, number === numbers.at(-1) ? { outcome, durationMs } : undefined))
    const started = this.startedAtMs === undefined ? {} : { startedAtMs: this.startedAtMs }
    const isFlaky = outcome.status === 'passed' && tries.length > 1
    return { ...this.#planned, suite: this.#suite, ...started, durationMs, outcome, isFlaky, tries }
  }

  #try(number: number): TryDraft {
    return entry(this.#tries, number, () => ({ durationMs: 0, steps: new Map() }))
  }

  #report(number: number, last: Pick<TryReport, 'outcome' | 'durationMs'> | undefined): TryReport {
    const { durationMs, outcome, steps } = this.#try(number)
    const end = last ?? { durationMs, outcome: outcome ?? unknownEnd }
    return { number, ...end, steps: [...steps.values()].sort((one, other) => one.index - other.index).map(closeStep) }
  }
}

const unknownEnd: Outcome = { status: 'not-run', cause: 'interrupted', reason: 'the end of this try is not on record' }

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function stepOf(attempt: TryDraft, index: number): StepDraft {
  return entry(attempt.steps, index, () => ({ index, isTeardown: false, findings: [], requests: new Map(), jobs: [] }))
}

function requestOf(step: StepDraft, number: number): RequestDraft {
  return entry(step.requests, number, () => ({ number, attempts: 1, retries: [] }))
}

function finishStep(step: StepDraft, event: StepFinished): void {
  step.kind = event.kind
  step.durationMs = event.durationMs
  step.isTeardown = event.teardown ?? false
  step.findings = event.findings ?? []
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

function closeStep(step: StepDraft): StepReport {
  return { ...step, requests: [...step.requests.values()] }
}
