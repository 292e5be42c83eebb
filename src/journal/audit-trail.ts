/**
 * What was done to the target, phase by phase: a projection of the events of a run. As JSON, one of its lines reads (here broken):
 *
 * ```json
 * {"time":"2026-01-02T03:04:05.120Z","event":"state-changed","runId":"6f1c…","scenario":"a.cxspec.yaml#calls","try":1,"step":0,
 *  "job":"simulation","simulationId":"s-1","correlationId":"0b9e…","state":"running","latencyMs":12.5,"httpStatus":200}
 * ```
 */
import type { JobChanged, JobFacts, JobNoted, RequestAnswered, RunEvent, StepFinished } from '../model/event.ts'

/** One phase of one job. */
export interface AuditRecord extends Omit<JobFacts, 'subject'>, AuditIds {
  /** RFC 3339, UTC. */
  readonly time: string
  /** `failed`: its step ended with a problem before the job did. The others are phases of the job itself. */
  readonly event: JobNoted['phase'] | 'state-changed' | 'finished' | 'failed'
  readonly runId: string
  /** `Scenario.id`. */
  readonly scenario: string
  readonly try: number
  readonly step: number
  /** `compile`, `simulation`, `execution`, `availability`. */
  readonly job: string
  readonly subject?: string
  /** As the target names it. */
  readonly state?: string
}

/** The id of the job, by its kind. */
interface AuditIds {
  readonly simulationId?: string
  readonly compileId?: string
  readonly executionId?: string
  readonly agentId?: string
}

const ID_NAMES: Readonly<Record<string, keyof AuditIds>> = {
  simulation: 'simulationId',
  compile: 'compileId',
  execution: 'executionId',
  availability: 'agentId',
}

/** What is known of the job of a step. */
interface OpenJob {
  readonly job: string
  readonly id: string | undefined
  readonly hasEnded: boolean
}

type OfStep = Pick<JobChanged, 'atMs' | 'scenario' | 'try' | 'step'>

/** Takes the events of a run in order, and yields the records that they make. Keeps only what belongs to steps that have not ended. */
export class AuditTrail {
  #runId = ''
  #startedAtMs = 0
  readonly #jobs = new Map<string, OpenJob>()
  /** The last answer of each step, until something was made of it. */
  readonly #answers = new Map<string, RequestAnswered>()

  /** At most one record for an event. */
  on(event: RunEvent): AuditRecord | undefined {
    switch (event.type) {
      case 'run-started':
        this.#runId = event.runId
        this.#startedAtMs = Date.parse(event.startedAt)
        return undefined
      case 'request-answered':
        this.#answers.set(keyOf(event), event)
        return undefined
      case 'job-noted':
        return this.#noted(event)
      case 'job-changed':
        return this.#changed(event)
      case 'step-finished':
        return this.#finished(event)
      default:
        return undefined
    }
  }

  #noted(event: JobNoted): AuditRecord {
    const { job, phase, id = this.#jobs.get(keyOf(event))?.id } = event
    const hasEnded = phase === 'stopped' || this.#jobs.get(keyOf(event))?.hasEnded === true
    this.#jobs.set(keyOf(event), { job, id, hasEnded })
    return { ...this.#head(event, phase, job), ...idOf(job, id), ...factsOf(event) }
  }

  #changed(event: JobChanged): AuditRecord {
    const { job, id, status, ended } = event
    this.#jobs.set(keyOf(event), { job, id, hasEnded: ended === true })
    const head = this.#head(event, ended ? 'finished' : 'state-changed', job)
    return { ...head, ...idOf(job, id), state: status, ...this.#answerOf(event), ...factsOf(event) }
  }

  #finished(event: StepFinished): AuditRecord | undefined {
    const key = keyOf(event)
    const open = this.#jobs.get(key)
    this.#jobs.delete(key)
    this.#answers.delete(key)
    if (!open || open.hasEnded || !event.problem) return undefined
    return { ...this.#head(event, 'failed', open.job), ...idOf(open.job, open.id), error: event.problem.message }
  }

  #head({ atMs, scenario, try: attempt, step }: OfStep, event: AuditRecord['event'], job: string) {
    const time = new Date(this.#startedAtMs + atMs).toISOString()
    return { time, event, runId: this.#runId, scenario, try: attempt, step, job }
  }

  /** A change that is told right behind an answer was read from it. */
  #answerOf(event: OfStep): Pick<AuditRecord, 'correlationId' | 'latencyMs' | 'httpStatus'> {
    const answer = this.#answers.get(keyOf(event))
    this.#answers.delete(keyOf(event))
    if (!answer) return {}
    const { correlationId, latencyMs, status } = answer
    return { ...(correlationId === undefined ? {} : { correlationId }), latencyMs, httpStatus: status }
  }
}

function keyOf({ scenario, try: attempt, step }: Omit<OfStep, 'atMs'>): string {
  return `${attempt}/${step}/${scenario}`
}

function idOf(job: string, id: string | undefined): AuditIds {
  const name = ID_NAMES[job]
  return name === undefined || id === undefined ? {} : { [name]: id }
}

function factsOf(facts: JobFacts): JobFacts {
  const { subject, tag, correlationId, payload, result, latencyMs, httpStatus, error } = facts
  const all = { subject, tag, correlationId, payload, result, latencyMs, httpStatus, error }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
