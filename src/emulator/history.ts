import type { JsonObject } from '../model/json.ts'

/** A request and what became of it. Times in milliseconds are on the emulator's clock. */
export interface HistoryEntry {
  /** Counts from 1 since the emulator was made. */
  readonly id: number
  /** The name of its operation (`token`, `flow-debug`, …), or `unknown` where there is no such route. */
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
  readonly kind: JobKind
  /** The flow, campaign or action that it is about. */
  readonly subject: string
  /** {@link HistoryEntry.id} of the request that started it; 0 for a job of somebody else. */
  readonly request: number
  readonly clientId?: string
  /** Of the request that started it. */
  readonly correlationId?: string
  readonly tag?: string
  readonly startedAtMs: number
  /** RFC 3339, UTC. */
  readonly startedAt: string
  /** When it ended, whether anybody asked or not; absent: it is active. */
  readonly endedAtMs?: number
  /** Every status that it told, in order, without repetitions. */
  readonly statuses: { readonly status: string; readonly atMs: number }[]
}

export type JobKind = 'compile' | 'simulation' | 'execution'

/** A job in the hands of those who move it. */
export type OpenJob = { -readonly [Key in keyof HistoryJob]: HistoryJob[Key] }

/** A webhook that the emulator sent, or was to send. */
export interface HistoryDelivery {
  /** The `webhook-id`, the same for every try and for every copy. */
  readonly id: string
  /** The job that it tells of. */
  readonly job: string
  readonly url: string
  readonly body: string
  readonly tries: { readonly atMs: number; readonly status?: number; readonly error?: string }[]
  /** `lost` and `dropped` were never sent: the one by the fault plan, the other because too many were waiting. */
  readonly result: 'waiting' | 'delivered' | 'failed' | 'lost' | 'dropped'
  /** What the fault plan did to it. */
  readonly fault?: string
}

/** A webhook in the hands of those who send it. */
export type OpenDelivery = { -readonly [Key in keyof HistoryDelivery]: HistoryDelivery[Key] }

/** Metrics that a client handed in. */
export interface HistoryMetrics {
  readonly request: number
  readonly simulationId: string
  readonly metrics: JsonObject
  readonly atMs: number
}

/** A change of an agent. */
export interface HistoryChange {
  readonly agentId: string
  /** {@link HistoryEntry.id} of the request that asked for it; 0 where somebody else did it. */
  readonly request: number
  readonly atMs: number
  readonly previousWorkModeId?: string
  readonly workModeId?: string
  readonly reason?: string
  /** Of the agent from then on. */
  readonly etag: string
}

/** An event that a client published. */
export interface HistoryEvent {
  readonly id: string
  readonly request: number
  readonly eventType: string
  readonly data: JsonObject
  readonly atMs: number
}

/** What is kept beside the requests. */
export interface HistoryRecords {
  readonly jobs: HistoryJob
  readonly deliveries: HistoryDelivery
  readonly metrics: HistoryMetrics
  readonly changes: HistoryChange
  readonly events: HistoryEvent
}

/** What the emulator has seen. Oldest entries go first where there are more than the limit. */
export interface History {
  /** In order of arrival. */
  requests(api?: string): readonly HistoryEntry[]
  jobs(kind?: JobKind): readonly HistoryJob[]
  /** Everything of one kind that is kept, the oldest first. */
  records<Kind extends keyof HistoryRecords>(kind: Kind): readonly HistoryRecords[Kind][]
  /** The most jobs of one kind that were active at the same time. */
  largestActive(kind: JobKind): number
  /** The most requests of one API whose arrivals lie within any window of less than `windowMs`. */
  largestWindow(api: string, windowMs: number): number
  /** The most requests of one API that were waiting for their answer at the same time. */
  largestAtOnce(api: string): number
  clear(): void
}

/** Keeps what happens; `limit` bounds the requests and the records of each kind that are kept. */
export class Recorder implements History {
  readonly #limit: number
  readonly #waiting = new Map<string, number>()
  #requests: HistoryEntry[] = []
  #records: Kept = emptyRecords()
  #count = 0
  #catchUp: () => void = () => undefined

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Adds a request; its entry is completed by those who work on it, and has to be closed. */
  open(request: Omit<HistoryEntry, 'id' | 'atOnce'>): OpenEntry {
    const atOnce = (this.#waiting.get(request.api) ?? 0) + 1
    this.#waiting.set(request.api, atOnce)
    this.#count += 1
    const entry: OpenEntry = { id: this.#count, ...request, atOnce }
    this.#requests.push(entry)
    trim(this.#requests, this.#limit)
    return entry
  }

  /** Nobody waits for this request any more. */
  close(entry: HistoryEntry): void {
    this.#waiting.set(entry.api, (this.#waiting.get(entry.api) ?? 1) - 1)
  }

  add<Kind extends keyof HistoryRecords>(kind: Kind, record: HistoryRecords[Kind]): void {
    const kept = this.#records[kind]
    kept.push(record)
    trim(kept, this.#limit)
  }

  /** Has `catchUp` called before anything is told, so that what happens by itself has happened. */
  beforeReading(catchUp: () => void): void {
    this.#catchUp = catchUp
  }

  requests(api?: string): readonly HistoryEntry[] {
    const kept = this.#requests.slice(-this.#limit)
    return api === undefined ? kept : kept.filter((entry) => entry.api === api)
  }

  records<Kind extends keyof HistoryRecords>(kind: Kind): readonly HistoryRecords[Kind][] {
    this.#catchUp()
    return this.#records[kind].slice(-this.#limit)
  }

  /** Everything that is kept beside the requests, by its kind. */
  all(): { readonly [Kind in keyof HistoryRecords]: readonly HistoryRecords[Kind][] } {
    return {
      jobs: this.records('jobs'),
      deliveries: this.records('deliveries'),
      metrics: this.records('metrics'),
      changes: this.records('changes'),
      events: this.records('events'),
    }
  }

  jobs(kind?: JobKind): readonly HistoryJob[] {
    const jobs = this.records('jobs')
    return kind === undefined ? jobs : jobs.filter((job) => job.kind === kind)
  }

  largestActive(kind: JobKind): number {
    const changes = this.jobs(kind)
      .flatMap(({ startedAtMs, endedAtMs }) => [
        { atMs: startedAtMs, by: 1 },
        ...(endedAtMs === undefined ? [] : [{ atMs: endedAtMs, by: -1 }]),
      ])
      .sort((one, other) => one.atMs - other.atMs || one.by - other.by)
    let active = 0
    return changes.reduce((largest, { by }) => {
      active += by
      return Math.max(largest, active)
    }, 0)
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
    this.#records = emptyRecords()
  }
}

type Kept = { [Kind in keyof HistoryRecords]: HistoryRecords[Kind][] }

function emptyRecords(): Kept {
  return { jobs: [], deliveries: [], metrics: [], changes: [], events: [] }
}

/** Cuts at twice the limit, so that a full history does not cost a copy for each request. */
function trim(list: unknown[], limit: number): void {
  if (list.length > 2 * limit) list.splice(0, list.length - limit)
}
