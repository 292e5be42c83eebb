import type { FileRefused, RunEvent, RunFinished, RunStarted, SuitePlanned } from '../model/event.ts'
import { FaultError } from '../model/fault.ts'

/** A journal that can be read more than once. */
export interface JournalSource {
  /** As it was named. */
  readonly name: string
  readonly events: () => AsyncIterable<RunEvent>
}

/** What all lines of a journal but those about single scenarios tell. */
export interface Outline {
  readonly source: JournalSource
  readonly started: RunStarted
  readonly finished: RunFinished | undefined
  readonly plans: readonly SuitePlanned[]
  readonly refused: readonly FileRefused[]
}

/** Reads a journal once. Rejects with a `FaultError` where it does not tell the start of a run. */
export async function outlineOf(source: JournalSource): Promise<Outline> {
  let started: RunStarted | undefined
  let finished: RunFinished | undefined
  const plans: SuitePlanned[] = []
  const refused: FileRefused[] = []
  for await (const event of source.events()) {
    if (event.type === 'run-started') started = event
    else if (event.type === 'run-finished') finished = event
    else if (event.type === 'suite-planned') plans.push(event)
    else if (event.type === 'file-refused') refused.push(event)
  }
  if (started) return { source, started, finished, plans, refused }
  throw new FaultError([
    { code: 'NO_JOURNAL', message: `${source.name} is not the journal of a run: it does not tell when the run started` },
  ])
}
