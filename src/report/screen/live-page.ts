import { Writable } from 'node:stream'
import { createLogUpdate } from 'log-update'
import type { Clock } from '../../model/clock.ts'
import type { Screen } from '../report-environment.ts'
import { Pacer } from './pacer.ts'
import type { Page } from './page.ts'

/** Lines that scroll away above a few that are drawn over and over; `draw` is asked for those each time, at most ten times a second. */
export function livePage(screen: Screen, clock: Clock, draw: () => string): Page {
  // The cursor is left alone: hiding it needs handlers of signals, and those are the command line's.
  const render = createLogUpdate(streamOf(screen), { showCursor: true })
  let pending = ''
  const flush = (): void => {
    render.clear()
    if (pending !== '') screen.write(pending)
    pending = ''
  }
  const pacer = new Pacer(clock, () => {
    if (pending !== '') flush()
    render(draw())
  })
  return {
    add(text) {
      pending += text
      pacer.request()
    },
    refresh: () => pacer.request(),
    close() {
      pacer.stop()
      flush()
    },
  }
}

/** The screen in the form that the library wants. */
function streamOf({ write, columns }: Screen): Writable {
  const stream = new Writable({
    decodeStrings: false,
    write(text, _encoding, done) {
      write(String(text))
      done()
    },
  })
  return Object.defineProperty(stream, 'columns', { get: columns })
}
