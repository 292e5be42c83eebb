import type { Diagnosis } from '../flow/diagnostic.ts'
import type { Clock } from '../model/clock.ts'
import { toldStatus } from './faults/job-course.ts'
import type { OpenJob } from './history.ts'
import { told } from './open-job.ts'
import type { CompileTimes } from './options.ts'

/** A compilation. */
export interface CompileJob {
  readonly id: string
  readonly flowId: string
  readonly diagnosis: Diagnosis
  /** Whether it ends `FAILED` although nothing is wrong. */
  readonly failsAnyway: boolean
  readonly record: OpenJob
  /** What it answers to one status check after the other, the last one for ever; absent: it goes its usual way over time. */
  readonly statuses?: readonly string[] | undefined
  checks: number
}

/** Jobs that are kept; the oldest is forgotten, and so unknown, when there are more. */
const MAX_JOBS = 10_000

/** The compilations of a tenant: `QUEUED` → `IN_PROGRESS` → `COMPLETED` or `FAILED`, over the time of the clock. */
export class CompileJobs {
  readonly #clock: Clock
  readonly #times: Required<CompileTimes>
  readonly #jobs = new Map<string, CompileJob>()

  constructor(clock: Clock, times: Required<CompileTimes>) {
    this.#clock = clock
    this.#times = times
  }

  add(job: Omit<CompileJob, 'checks'>): CompileJob {
    const started = { ...job, checks: 0 }
    if (!job.statuses) job.record.endedAtMs = this.#endOf(job.record)
    this.#jobs.set(job.id, started)
    if (this.#jobs.size > MAX_JOBS) this.#jobs.delete(this.#jobs.keys().next().value ?? job.id)
    return started
  }

  /** `undefined` where the flow has no such job. */
  find(flowId: string, id: string): CompileJob | undefined {
    const job = this.#jobs.get(id)
    return job?.flowId === flowId ? job : undefined
  }

  /** The status of this moment, or the next one of the job's own list; it is added to the record. */
  check(job: CompileJob): string {
    const status = job.statuses ? toldStatus(job.statuses, job.checks) : this.#statusNow(job)
    job.checks += 1
    return told(job.record, status, this.#clock.now())
  }

  #statusNow({ record, diagnosis, failsAnyway }: CompileJob): string {
    const nowMs = this.#clock.now()
    if (nowMs < record.startedAtMs + this.#times.queuedMs) return 'QUEUED'
    if (nowMs < this.#endOf(record)) return 'IN_PROGRESS'
    return diagnosis.errors.length === 0 && !failsAnyway ? 'COMPLETED' : 'FAILED'
  }

  #endOf({ startedAtMs }: OpenJob): number {
    return startedAtMs + this.#times.queuedMs + this.#times.inProgressMs
  }
}
