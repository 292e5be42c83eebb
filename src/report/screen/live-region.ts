import { Writable } from 'node:stream'
import { createLogUpdate } from 'log-update'
import type { Clock } from '../../model/clock.ts'
import type { Screen } from '../report-environment.ts'

/** Shortest time between two drawings, in milliseconds: ten a second is smooth, and costs nothing over a slow line. */
const REDRAW_MS = 100

/** The last lines of a terminal, drawn over and over while text scrolls away above them. */
export class LiveRegion {
  readonly #screen: Screen
  readonly #clock: Clock
  readonly #draw: () => string
  readonly #render: ReturnType<typeof createLogUpdate>
  readonly #closed = new AbortController()
  #pending = ''
  #drawnAtMs = Number.NEGATIVE_INFINITY
  #isWaiting = false

  /** `draw` is asked for the lines each time; it is called at most ten times a second. */
  constructor(screen: Screen, clock: Clock, draw: () => string) {
    this.#screen = screen
    this.#clock = clock
    this.#draw = draw
    this.#render = createLogUpdate(streamOf(screen), { showCursor: true })
  }

  /** Shows the present state soon, and `above` it a text that stays. */
  update(above = ''): void {
    if (this.#closed.signal.aborted) return
    this.#pending += above
    const waitMs = this.#drawnAtMs + REDRAW_MS - this.#clock.now()
    if (waitMs <= 0) this.#redraw()
    else if (!this.#isWaiting) this.#redrawAfter(waitMs)
  }

  /** Takes the lines away; text that was to stay above them is there. */
  close(): void {
    this.#closed.abort()
    this.#flush()
  }

  #redrawAfter(waitMs: number): void {
    this.#isWaiting = true
    const redraw = (): void => {
      this.#isWaiting = false
      this.#redraw()
    }
    this.#clock.sleep(waitMs, this.#closed.signal).then(redraw, () => undefined)
  }

  #redraw(): void {
    this.#drawnAtMs = this.#clock.now()
    if (this.#pending !== '') this.#flush()
    this.#render(this.#draw())
  }

  #flush(): void {
    this.#render.clear()
    if (this.#pending !== '') this.#screen.write(this.#pending)
    this.#pending = ''
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
