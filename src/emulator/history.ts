/** A request and what became of it. Times in milliseconds are on the emulator's clock. */
export interface HistoryEntry {
  /** Counts from 1 since the emulator was made. */
  readonly id: number
  /** `token`, `flow-debug`, `flow-read`, `flow-compile`, `flow-compile-status`, or `unknown` where there is no such route. */
  readonly api: string
  readonly method: string
  /** With its query, which is left out for `token`. */
  readonly path: string
  /** The first 2,000 bytes; never that of a token request. */
  readonly body?: string
  readonly correlationId: string
  readonly receivedAtMs: number
  /** RFC 3339, UTC. */
  readonly receivedAt: string
  /** Requests of this API that were waiting for their answer when this one arrived, itself included. */
  readonly atOnce: number
  readonly clientId?: string
  /** Absent while there is no answer, and where the caller went away before it. */
  readonly answeredAtMs?: number
  readonly status?: number
  /** What the fault plan did to it, e.g. `answer 429`, `drop before-answer`. */
  readonly fault?: string
  /** The job that it started. */
  readonly job?: string
}

/** An entry in the hands of those who work on the request. */
export type OpenEntry = { -readonly [Key in keyof HistoryEntry]: HistoryEntry[Key] }

/** A job that a request started. */
export interface HistoryJob {
  readonly id: string
  /** `compile`. */
  readonly kind: string
  readonly flowId: string
  /** {@link HistoryEntry.id} of the request that started it. */
  readonly request: number
  readonly startedAtMs: number
  /** RFC 3339, UTC. */
  readonly startedAt: string
  /** Every status that it told, in order, without repetitions. */
  readonly statuses: { readonly status: string; readonly atMs: number }[]
}

/** What the emulator has seen. Oldest entries go first where there are more than the limit. */
export interface History {
  /** In order of arrival. */
  requests(api?: string): readonly HistoryEntry[]
  jobs(): readonly HistoryJob[]
  /** The most requests of one API whose arrivals lie within any window of less than `windowMs`. */
  largestWindow(api: string, windowMs: number): number
  /** The most requests of one API that were waiting for their answer at the same time. */
  largestAtOnce(api: string): number
  clear(): void
}

/** Keeps what happens; `limit` bounds the requests and the jobs that are kept, each. */
export class Recorder implements History {
  readonly #limit: number
  readonly #waiting = new Map<string, number>()
  #requests: HistoryEntry[] = []
  #jobs: HistoryJob[] = []
  #count = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Adds a request; its entry is completed by those who work on it, and has to be closed. */
  open(request: Omit<HistoryEntry, 'id' | 'atOnce'>): OpenEntry {
    const atOnce = (this.#waiting.get(request.api) ?? 0) + 1
    this.#waiting.set(request.api, atOnce)
    this.#count += 1
    const entry: OpenEntry = { id: this.#count, ...request, atOnce }
    this.#requests = appended(this.#requests, entry, this.#limit)
    return entry
  }

  /** Nobody waits for this request any more. */
  close(entry: HistoryEntry): void {
    this.#waiting.set(entry.api, (this.#waiting.get(entry.api) ?? 1) - 1)
  }

  addJob(job: HistoryJob): void {
    this.#jobs = appended(this.#jobs, job, this.#limit)
  }

  requests(api?: string): readonly HistoryEntry[] {
    const kept = this.#requests.slice(-this.#limit)
    return api === undefined ? kept : kept.filter((entry) => entry.api === api)
  }

  jobs(): readonly HistoryJob[] {
    return this.#jobs.slice(-this.#limit)
  }

  largestWindow(api: string, windowMs: number): number {
    const arrivals = this.requests(api).map((entry) => entry.receivedAtMs)
    let first = 0
    return arrivals.reduce((largest, arrivalMs, index) => {
      while (arrivalMs - (arrivals[first] ?? arrivalMs) >= windowMs) first += 1
      return Math.max(largest, index - first + 1)
    }, 0)
  }

  largestAtOnce(api: string): number {
    return this.requests(api).reduce((largest, entry) => Math.max(largest, entry.atOnce), 0)
  }

  clear(): void {
    this.#requests = []
    this.#jobs = []
  }
}

/** Cuts at twice the limit, so that a full history does not cost a copy for each request. */
function appended<T>(list: T[], entry: T, limit: number): T[] {
  list.push(entry)
  return list.length > 2 * limit ? list.slice(-limit) : list
}
