import type { JsonObject } from '../../model/json.ts'
import { type JobCourse, toldStatus, toldStatuses } from '../faults/job-course.ts'
import type { OpenJob } from '../history.ts'
import { told } from '../open-job.ts'
import type { EmulatorSettings } from '../options.ts'
import { share } from '../random.ts'
import type { Outbox } from '../webhooks/outbox.ts'
import type { Action } from './action.ts'
import { type ExecutionPlan, planExecution } from './execution-plan.ts'

/** What starts an execution. */
export interface ExecutionStart {
  readonly action: Action
  readonly inputs: JsonObject
  readonly callbackUrl?: string
  readonly correlationId: string
  readonly course?: JobCourse | undefined
}

/** An execution as the emulator keeps it. */
interface ExecutionJob {
  readonly record: OpenJob
  readonly plan: ExecutionPlan
  readonly statuses: readonly string[] | undefined
  readonly isEndless: boolean
  checks: number
}

/** Executions that are kept; the oldest is forgotten when there are more. */
const MAX_EXECUTIONS = 10_000

/** The executions of a tenant's data actions: `QUEUED` → `IN_PROGRESS` → `COMPLETED` or `FAILED`. */
export class Executions {
  readonly #settings: EmulatorSettings
  readonly #outbox: Outbox
  readonly #closing: AbortSignal
  readonly #jobs = new Map<string, ExecutionJob>()
  readonly #counts = new Map<string, number>()

  constructor(settings: EmulatorSettings, outbox: Outbox, closing: AbortSignal) {
    this.#settings = settings
    this.#outbox = outbox
    this.#closing = closing
  }

  /** Starts an execution; `record` is its entry in the history. Returns what it tells first. */
  start(start: ExecutionStart, record: OpenJob): JsonObject {
    const { action, inputs, callbackUrl, course } = start
    const plan = planExecution(action, inputs, course === 'failed' || this.#isUnlucky(record.subject, action))
    const isEndless = course === 'stuck' || course === 'backward'
    if (!isEndless) record.endedAtMs = record.startedAtMs + plan.delayMs
    const job: ExecutionJob = { record, plan, isEndless, statuses: toldStatuses(course, ['QUEUED', 'IN_PROGRESS']), checks: 0 }
    this.#jobs.set(record.id, job)
    if (this.#jobs.size > MAX_EXECUTIONS) this.#jobs.delete(this.#jobs.keys().next().value ?? record.id)
    if (callbackUrl !== undefined && !isEndless) void this.#callBack(job, callbackUrl, start.correlationId)
    const status = job.statuses ? this.#statusOf(job) : 'QUEUED'
    return { executionId: record.id, status: told(record, status, record.startedAtMs) }
  }

  /** How an execution is doing; `undefined` where the action has no such execution, or where it has expired. */
  tell(actionId: string, id: string): JsonObject | undefined {
    const job = this.#jobs.get(id)
    const nowMs = this.#settings.clock.now()
    if (!job || job.record.subject !== actionId) return undefined
    if (nowMs >= (job.record.endedAtMs ?? Number.POSITIVE_INFINITY) + this.#settings.executionLifetimeMs) return undefined
    const status = told(job.record, this.#statusOf(job), nowMs)
    return { executionId: id, status, ...(status === job.plan.end.status && endOf(job.plan)) }
  }

  /** By the dice of the seed: the same executions of an action fail whatever other actions do. */
  #isUnlucky(actionId: string, { failureRate = 0 }: Action): boolean {
    const count = (this.#counts.get(actionId) ?? 0) + 1
    this.#counts.set(actionId, count)
    return share(`${this.#settings.seed}:${actionId}:${count}`) < failureRate
  }

  #statusOf(job: ExecutionJob): string {
    job.checks += 1
    if (job.statuses) return toldStatus(job.statuses, job.checks - 1)
    return this.#settings.clock.now() < job.record.startedAtMs + job.plan.delayMs ? 'IN_PROGRESS' : job.plan.end.status
  }

  async #callBack({ record, plan }: ExecutionJob, url: string, correlationId: string): Promise<void> {
    await this.#settings.clock.sleep(plan.delayMs, this.#closing).catch(() => undefined)
    if (this.#closing.aborted) return
    const body = JSON.stringify({ executionId: record.id, actionId: record.subject, status: plan.end.status, ...endOf(plan) })
    const headers = { 'x-correlation-id': correlationId }
    this.#outbox.post({ id: `msg_${record.id}`, job: record.id, url, body, headers })
    this.#outbox.finish(record.id)
  }
}

function endOf({ end }: ExecutionPlan): JsonObject {
  return end.status === 'COMPLETED' ? { result: end.result } : { error: end.error }
}
