import type { RequestEvent } from '../api/send.ts'
import { formatDuration } from '../model/duration.ts'
import type { Json } from '../model/json.ts'
import type { ProblemCode } from '../model/problem.ts'
import type { JobChange, JobNote } from '../steps/step-kind.ts'

/** A request that is out, or waits to be sent again. */
interface Pending {
  readonly doing: string
  readonly correlationId: string | undefined
}

/** Follows a step from outside, to tell what it was doing when its time was over. */
export class Activity {
  readonly #pending = new Map<number, Pending>()
  readonly #starting = new Set<number>()
  /** A request that starts a job was accepted, or may have been, and its job was not told yet. */
  #owesJob = false
  readonly #left: JobNote[] = []
  #job: JobChange | undefined

  onRequest(event: RequestEvent): void {
    switch (event.type) {
      case 'request-intended':
        this.#pend(event.request, `it was waiting for the answer to ${event.method} ${event.path}`, event.correlationId)
        if (event.startsJob) this.#starting.add(event.request)
        return
      case 'request-retried':
        this.#pend(event.request, `it was waiting ${formatDuration(event.delayMs)} to send a request again (${event.reason})`)
        return
      default:
        this.#pending.delete(event.request)
        if (this.#starting.delete(event.request)) this.#owesJob ||= mayHaveStarted(event)
    }
  }

  onJob(change: JobChange): void {
    this.#job = change
    this.#owesJob = false
  }

  onNote(note: JobNote): void {
    if (note.phase === 'left') this.#left.push(note)
  }

  /** The jobs that may go on without us. */
  get left(): readonly JobNote[] {
    return this.#left
  }

  /** Whether a request that starts a job is out, or was answered in a way that nobody understands, and nobody knows of a job. */
  get mayHaveStartedJob(): boolean {
    return this.#starting.size > 0 || this.#owesJob
  }

  /** What the step was doing, as the end of a sentence; `undefined` where nothing is known. */
  describe(): string | undefined {
    if (this.#job && !this.#job.ended) return `${this.#job.job} ${this.#job.id} was ${this.#job.status} when last seen`
    return this.#lastPending()?.doing
  }

  /** The last job that was seen, and the correlation id of the request that is out, for the details of a problem. */
  details(): { readonly [name: string]: Json } {
    const correlationId = this.#lastPending()?.correlationId
    return {
      ...(this.#job ? { job: this.#job.job, jobId: this.#job.id, lastStatus: this.#job.status } : {}),
      ...(correlationId === undefined ? {} : { correlationId }),
    }
  }

  #pend(request: number, doing: string, correlationId = this.#pending.get(request)?.correlationId): void {
    this.#pending.set(request, { doing, correlationId })
  }

  #lastPending(): Pending | undefined {
    return [...this.#pending.values()].at(-1)
  }
}

const UNCERTAIN: readonly ProblemCode[] = ['UNKNOWN_OUTCOME', 'PROTOCOL_ERROR', 'ANSWER_TOO_LARGE']

function mayHaveStarted(event: RequestEvent): boolean {
  if (event.type === 'request-answered') return event.status < 300
  return event.type === 'request-failed' && UNCERTAIN.includes(event.problem.code)
}
