import type { Clock } from '../model/clock.ts'
import { ProblemError } from '../model/problem.ts'
import type { Alarm, Bell } from './alarm.ts'
import type { Call } from './call.ts'
import type { RequestLimits } from './client-options.ts'
import { Lane, type Waiter } from './lane.ts'
import { seconds } from './seconds.ts'
import type { Start } from './sliding-window.ts'

/** The right to send one request. */
export interface Turn {
  /** The request is on its way from now on. */
  readonly start: () => void
  /** It was answered or given up; to be called once, also where it never started. `healthy`: the target took it. */
  readonly leave: (healthy: boolean) => void
}

/**
 * Lets requests through under the limits of their API and of the target. A request takes all that it needs at one moment, so that
 * one which waits for a slow lane never holds a place that another could use; who has waited longest goes first.
 */
export class Gate {
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #limits: RequestLimits
  readonly #lanes = new Map<string, Lane>()
  /** When a limit of requests per time lets the next one through. */
  #opening: Bell | undefined
  #running = 0
  #tickets = 0

  constructor(options: { readonly clock: Clock; readonly alarm: Alarm; readonly limits: RequestLimits }) {
    this.#clock = options.clock
    this.#alarm = options.alarm
    this.#limits = options.limits
  }

  /**
   * Resolves once the call may be sent. Rejects with the signal's reason on abort, and with a `ProblemError` as soon as it is known
   * that its turn cannot come before the call's hard deadline.
   */
  async enter(call: Call): Promise<Turn> {
    call.signal.throwIfAborted()
    const lane = this.#lane(call.lane)
    if (lane.waiters.length === 0 && this.#isOpen(lane)) return this.#grant(lane)
    if (lane.opensAtMs(this.#clock.now()) < Number.POSITIVE_INFINITY) this.#refuseIfTooLate(lane, call)
    return this.#wait(lane, call)
  }

  /** Lets nothing of an API through before `untilMs`, because its target asked for that. */
  pause(api: string, untilMs: number): void {
    this.#lane(api).pause(untilMs)
  }

  #lane(api: string): Lane {
    const known = this.#lanes.get(api)
    if (known) return known
    const lane = new Lane(this.#limits.apis[api] ?? {}, this.#limits.requestsAtOnce)
    this.#lanes.set(api, lane)
    return lane
  }

  #isOpen(lane: Lane): boolean {
    const nowMs = this.#clock.now()
    return this.#running < this.#limits.requestsAtOnce && lane.opensAtMs(nowMs) <= nowMs
  }

  #wait(lane: Lane, call: Call): Promise<Turn> {
    return new Promise((resolve, reject) => {
      const { signal, deadline } = call
      const waiter: Waiter = { ticket: this.#tickets++, admit: () => end(() => resolve(this.#grant(lane))) }
      const end = (settle: () => void): void => {
        lane.remove(waiter)
        signal.removeEventListener('abort', onAbort)
        this.#alarm.clear(bell)
        settle()
      }
      const onAbort = (): void => end(() => reject(signal.reason))
      signal.addEventListener('abort', onAbort, { once: true })
      const isBounded = deadline.hardAtMs < Number.POSITIVE_INFINITY
      const bell = isBounded ? this.#alarm.set(deadline.hardAtMs, () => end(() => reject(outOfTime(call)))) : undefined
      lane.waiters.push(waiter)
      this.#admitWaiters()
    })
  }

  #grant(lane: Lane): Turn {
    const start = lane.enter()
    this.#running += 1
    return {
      start: () => {
        start.startedAtMs = this.#clock.now()
        // Only now is it known when the next one may start.
        this.#admitWaiters()
      },
      leave: (healthy) => {
        endStart(start, this.#clock.now())
        lane.leave(healthy)
        this.#running -= 1
        this.#admitWaiters()
      },
    }
  }

  #admitWaiters(): void {
    for (let lane = this.#next(); lane; lane = this.#next()) lane.waiters[0]?.admit()
    const nowMs = this.#clock.now()
    const opensAtMs = Math.min(
      ...this.#waited()
        .map((lane) => lane.opensAtMs(nowMs))
        .filter((atMs) => atMs > nowMs),
    )
    this.#alarm.clear(this.#opening)
    if (opensAtMs < Number.POSITIVE_INFINITY) this.#opening = this.#alarm.set(opensAtMs, () => this.#admitWaiters())
  }

  /** The open lane whose first has waited longest. */
  #next(): Lane | undefined {
    return this.#waited()
      .filter((lane) => this.#isOpen(lane))
      .sort((one, other) => (one.waiters[0]?.ticket ?? 0) - (other.waiters[0]?.ticket ?? 0))[0]
  }

  #waited(): Lane[] {
    return [...this.#lanes.values()].filter((lane) => lane.waiters.length > 0)
  }

  #refuseIfTooLate(lane: Lane, call: Call): void {
    const nowMs = this.#clock.now()
    const opensAtMs = lane.opensAtMs(nowMs)
    if (opensAtMs <= call.deadline.hardAtMs) return
    const limit = lane.pausedUntilMs >= opensAtMs ? 'the target asked for a pause' : 'the limit of its requests per time'
    throw new ProblemError({
      code: lane.pausedUntilMs >= opensAtMs ? 'RATE_LIMITED' : 'TIMEOUT',
      message: `${call.label} was not sent: ${limit}, and its turn comes in ${seconds(opensAtMs - nowMs)} with ${seconds(call.deadline.hardAtMs - nowMs)} left`,
      advice: 'give the step more time, or run fewer scenarios at once',
      details: { method: call.request.method, path: call.request.path, attempts: call.attempts },
    })
  }
}

/** A request that was never sent weighs nothing. */
function endStart(start: Start, nowMs: number): void {
  start.endedAtMs = start.startedAtMs === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : nowMs
}

function outOfTime(call: Call): ProblemError {
  const { method, path } = call.request
  return new ProblemError({
    code: 'TIMEOUT',
    message: `${call.label} was not sent: time ran out while it waited for its turn under the limits of ${call.lane}`,
    advice: 'give the step more time, run fewer scenarios at once, or raise the limits if the platform allows it',
    details: { method, path, attempts: call.attempts },
  })
}
