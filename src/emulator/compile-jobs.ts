import type { Diagnosis } from '../flow/diagnostic.ts'
import type { Clock } from '../model/clock.ts'
import type { HistoryJob } from './history.ts'
import type { CompileTimes } from './options.ts'

/** A compilation. */
export interface CompileJob {
  readonly id: string
  readonly flowId: string
  readonly startedAtMs: number
  readonly diagnosis: Diagnosis
  readonly record: HistoryJob
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

  add(job: Omit<CompileJob, 'startedAtMs' | 'checks'>): CompileJob {
    const started = { ...job, startedAtMs: this.#clock.now(), checks: 0 }
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
    const status = job.statuses ? scripted(job.statuses, job.checks) : this.#statusNow(job)
    job.checks += 1
    const { statuses } = job.record
    if (statuses.at(-1)?.status !== status) statuses.push({ status, atMs: this.#clock.now() })
    return status
  }

  #statusNow({ startedAtMs, diagnosis }: CompileJob): string {
    const { queuedMs, inProgressMs } = this.#times
    const elapsedMs = this.#clock.now() - startedAtMs
    if (elapsedMs < queuedMs) return 'QUEUED'
    if (elapsedMs < queuedMs + inProgressMs) return 'IN_PROGRESS'
    return diagnosis.errors.length === 0 ? 'COMPLETED' : 'FAILED'
  }
}

function scripted(statuses: readonly string[], check: number): string {
  return statuses[Math.min(check, statuses.length - 1)] ?? 'QUEUED'
}
