import type { HistoryJob } from '../../../src/emulator/history.ts'
import { isRunEvent } from '../../../src/journal/event-shape.ts'
import type { RequestIntended, RunEvent } from '../../../src/model/event.ts'

/** All that a run has left behind, here and at the emulator that was its target. */
export interface RunTraces {
  /** Every job that the emulator knows, also those of others. */
  readonly jobs: readonly HistoryJob[]
  /** Of the run. A job of another client, or of no request, is somebody else's. */
  readonly clientId: string
  readonly events: readonly RunEvent[]
  readonly junit: string
  readonly exitCode: number
  /** Every text that was written: files, standard output, standard error. */
  readonly written: readonly string[]
  readonly secrets: readonly string[]
  /** What a scenario comes to, given the jobs of its last try. @default passed where all of them ended well, failed where all ended badly */
  readonly verdictOf?: (scenario: string, jobs: readonly HistoryJob[]) => 'passed' | 'failed' | undefined
  /** Simulations that may be active at once. @default 5 */
  readonly mostActive?: number
}

/** A rule: what was seen that breaks it, one sentence each; none where it holds. */
export type Invariant = (traces: RunTraces) => readonly string[]

/** The events of a journal's text. Throws where a line is none. */
export function eventsIn(journal: string): RunEvent[] {
  return journal
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const value: unknown = JSON.parse(line)
      if (!isRunEvent(value)) throw new Error(`this is no event: ${line}`)
      return value
    })
}

/** The jobs of the run, as the emulator knows them. */
export function ownJobs({ jobs, clientId }: RunTraces): HistoryJob[] {
  return jobs.filter((job) => job.request > 0 && job.clientId === clientId)
}

/** The jobs of the run by the correlation id of the request that started them. */
export function jobsByCorrelation(traces: RunTraces): ReadonlyMap<string | undefined, readonly HistoryJob[]> {
  return groupBy(ownJobs(traces), ({ correlationId }) => correlationId)
}

/** The requests that were to start a job, as the journal announced them. */
export function intentsOf({ events }: RunTraces): RequestIntended[] {
  return events.filter((event): event is RequestIntended => event.type === 'request-intended' && event.startsJob === true)
}

export function groupBy<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
