import type { Clock } from '../../model/clock.ts'
import type { Write } from '../../model/reporter.ts'
import { Pacer } from './pacer.ts'

/** Where the screen's text goes while a run lasts. */
export interface Page {
  /** Shows a text that stays, soon. */
  readonly add: (text: string) => void
  /** Tells that something has changed that is drawn over and over, if anything is. */
  readonly refresh: () => void
  /** Shows everything that was added and takes away what does not stay. */
  readonly close: () => void
}

/** Plain lines, several at a time where they come fast: a write to a pipe costs more than a scenario's other lines. */
export function plainPage(write: Write, clock: Clock): Page {
  let pending = ''
  const flush = (): void => {
    if (pending !== '') write(pending)
    pending = ''
  }
  const pacer = new Pacer(clock, flush)
  return {
    add(text) {
      pending += text
      pacer.request()
    },
    refresh() {},
    close() {
      pacer.stop()
      flush()
    },
  }
}
