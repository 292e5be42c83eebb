import type { RunEvent } from './event.ts'

/** A consumer of events. It knows nothing else, so it works live and from a journal alike. */
export interface Reporter {
  /** Called for each event in order. Must not wait; what it throws is reported and spoils neither the run nor other reporters. */
  on(event: RunEvent): void
  /** Finishes the report. Resolves once it is on disk; rejects with what kept it from there. */
  close(): Promise<void>
}

/** Takes text for a person: the screen, or a buffer in tests. */
export type Write = (text: string) => void
