import type { Secrets } from '../config/secrets.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { RunEvent } from '../model/event.ts'
import type { Reporter } from '../model/reporter.ts'

/** Where the events of a run go: masked first, then kept, then shown. */
export interface EventSink {
  readonly emit: (event: RunEvent) => void
  /** Takes no more events: what comes late must not stand in a report that is closed. */
  readonly stop: () => void
}

/** Every event goes through `secrets` once, so that neither journal nor report can hold what may not be shown. */
export function createEventSink(secrets: Secrets, journal: Journal, reporter: Reporter): EventSink {
  let isOpen = true
  return {
    emit: (event) => {
      if (!isOpen) return
      const { value: masked, json } = secrets.maskWithJson(event)
      journal.append(masked, json)
      reporter.on(masked)
    },
    stop: () => {
      isOpen = false
    },
  }
}
