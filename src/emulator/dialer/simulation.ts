import type { CallEvent } from './simulate-calls.ts'
import { isEnd } from './simulate-calls.ts'

/** `completed` and `failed` are ends. */
export type SimulationState = 'queued' | 'running' | 'completed' | 'failed'

export interface SimulationError {
  readonly code: string
  readonly message: string
}

/** What a simulation is made of. Times are of the emulator's clock. */
export interface SimulationPlan {
  readonly startedAtMs: number
  readonly queuedMs: number
  readonly speed: number
  readonly calls: Iterator<CallEvent, void, undefined>
  /** How it ends by itself; `never`: it stays `running` until it is cancelled. */
  readonly end: 'completed' | 'failed' | 'never'
  /** Told of every event of a call, in order. */
  readonly onCall: (event: CallEvent) => void
}

/** A simulation on its way. It moves when it is told the time, and is then where it would be had it moved all along. */
export class Simulation {
  readonly #plan: SimulationPlan
  #next: CallEvent | undefined
  #isCancelled = false
  #attempted = 0
  #completed = 0
  #failed = 0
  #endedAtMs: number | undefined

  constructor(plan: SimulationPlan) {
    this.#plan = plan
    this.#next = plan.calls.next().value ?? undefined
  }

  get attempted(): number {
    return this.#attempted
  }

  get completed(): number {
    return this.#completed
  }

  /** When it ended; absent: it is active. */
  get endedAtMs(): number | undefined {
    return this.#endedAtMs
  }

  /** When something will happen next; absent: nothing will by itself. */
  get nextAtMs(): number | undefined {
    return this.#next && this.#endedAtMs === undefined ? this.#realMs(this.#next.atMs) : undefined
  }

  /** Lets everything happen that was to happen until `nowMs`. */
  advance(nowMs: number): void {
    while (this.#next && this.#endedAtMs === undefined && this.#realMs(this.#next.atMs) <= nowMs) this.#happen(this.#next)
  }

  /** Ends it now; the calls that are under way are never heard of again. Without effect where it has ended. */
  cancel(nowMs: number): void {
    this.advance(nowMs)
    if (this.#endedAtMs !== undefined) return
    this.#isCancelled = true
    this.#endedAtMs = nowMs
  }

  state(nowMs: number): SimulationState {
    if (this.#endedAtMs !== undefined) return this.#isCancelled || this.#plan.end === 'failed' ? 'failed' : 'completed'
    return nowMs < this.#plan.startedAtMs + this.#plan.queuedMs ? 'queued' : 'running'
  }

  errors(): SimulationError[] {
    const errors: SimulationError[] = []
    if (this.#failed > 0) errors.push({ code: 'CALL_FAILED', message: `${this.#failed} of ${this.#attempted} calls failed` })
    if (this.#isCancelled) errors.push({ code: 'CANCELLED', message: 'the simulation was cancelled' })
    else if (this.#endedAtMs !== undefined && this.#plan.end === 'failed') {
      errors.push({ code: 'INTERNAL_ERROR', message: 'the simulation failed on request' })
    }
    return errors
  }

  #happen(event: CallEvent): void {
    if (event.state === 'ringing') this.#attempted += 1
    if (event.state === 'failed') this.#failed += 1
    else if (isEnd(event.state)) this.#completed += 1
    this.#plan.onCall(event)
    this.#next = this.#plan.calls.next().value ?? undefined
    if (!this.#next && this.#plan.end !== 'never') this.#endedAtMs = this.#realMs(event.atMs)
  }

  #realMs(atMs: number): number {
    return this.#plan.startedAtMs + this.#plan.queuedMs + atMs / this.#plan.speed
  }
}
