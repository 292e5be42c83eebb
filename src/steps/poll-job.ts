import { formatDuration } from '../model/duration.ts'
import type { JobFacts } from '../model/event.ts'
import type { JsonObject } from '../model/json.ts'
import { type Problem, type ProblemCode, ProblemError } from '../model/problem.ts'
import { hasEnded, type JobLife, requireLegal } from './job-life.ts'
import { type Pace, USUAL_PACE, waitBeforeNextLook } from './poll-plan.ts'
import type { StepContext } from './step-kind.ts'
import { UsualDuration } from './usual-duration.ts'

/** A job that the target has accepted, and how to follow it. */
export interface Job<State> {
  /** As in events: `compile`. */
  readonly kind: string
  readonly id: string
  /** As in sentences: `compilation 42 of flow "main-menu"`. */
  readonly name: string
  /** What the target said when it accepted the job. */
  readonly status: string
  readonly life: JobLife
  readonly look: () => Promise<State>
  /** What the record of the run shall hold of it at each change; `state` is absent when it was just accepted. @default nothing more */
  readonly facts?: (state: State | undefined) => JobFacts
  /** @default every 500 ms */
  readonly pace?: Pace
  /** A name for the jobs of the step's kind that take about as long as this one. @default all of them do */
  readonly alike?: string
  /** Where a job that takes too long is something to observe, and no problem. @default it is a problem */
  readonly lateness?: Lateness<State>
}

interface Lateness<State> {
  /** Since the job was accepted. */
  readonly afterMs: number
  /** What the job counts as then; it may go on. */
  readonly state: (lastStatus: string) => State
}

/** A job that came to its end, or to that of our patience. */
export interface EndedJob<State> {
  readonly state: State
  /** From its acceptance to the answer that told its end, or until it was given up. */
  readonly durationMs: number
}

/** What may be gone at the next look. */
const PASSING: ReadonlySet<ProblemCode> = new Set(['TARGET_UNREACHABLE', 'SERVER_ERROR', 'RATE_LIMITED', 'TIMEOUT', 'PROTOCOL_ERROR'])

/** So many looks may fail in a row. */
const MAX_FAILED_LOOKS = 3

/**
 * Looks at a job until it has ended, and tells every change through `context.job`. Between two looks it is parked, so that a waiting
 * job occupies no place. Rejects with a `ProblemError`: `JOB_STUCK` when the step's time is over, `ILLEGAL_STATUS` for a change that
 * cannot be, the problem of the looks when three fail in a row; and with the signal's reason as soon as that aborts.
 */
export async function pollJob<State extends { readonly status: string }>(job: Job<State>, context: StepContext): Promise<EndedJob<State>> {
  return new Follower(job, context).follow()
}

class Follower<State extends { readonly status: string }> {
  readonly #job: Job<State>
  readonly #context: StepContext
  readonly #usual: UsualDuration
  readonly #isScout: boolean
  readonly #acceptedAtMs: number
  #status: string | undefined
  #openMs: number | undefined
  #looks = 0
  #overdueLooks = 0
  #failedLooks = 0

  constructor(job: Job<State>, context: StepContext) {
    this.#job = job
    this.#context = context
    this.#usual = context.shared(`usual-duration ${job.alike ?? ''}`, () => new UsualDuration())
    this.#isScout = this.#usual.sendsScout()
    this.#acceptedAtMs = context.clock.now()
  }

  async follow(): Promise<EndedJob<State>> {
    this.#see(this.#job.status)
    // A job may have ended when it is accepted; what came of it is still to be read.
    let isDue = hasEnded(this.#job.life, this.#job.status)
    for (;;) {
      if (!isDue && !(await this.#wait())) return this.#late()
      isDue = false
      const state = await this.#look()
      if (state === undefined) continue
      this.#see(state.status, state)
      if (hasEnded(this.#job.life, state.status)) return this.#end(state)
      this.#openMs = this.#elapsedMs()
    }
  }

  /** False once the time of the job is over. */
  async #wait(): Promise<boolean> {
    const { clock, signal, park } = this.#context
    const waitMs = waitBeforeNextLook({
      elapsedMs: this.#elapsedMs(),
      usualMs: this.#usualMs(),
      looks: this.#looks,
      overdueLooks: this.#overdueLooks,
      pace: this.#job.pace ?? USUAL_PACE,
      deadlineMs: this.#deadlineMs(),
    })
    if (waitMs === undefined) return false
    await park(() => clock.sleep(waitMs, signal))
    return true
  }

  /** The job's state; `undefined` where the look failed and another one may not. */
  async #look(): Promise<State | undefined> {
    this.#looks += 1
    const usualMs = this.#usualMs()
    if (usualMs !== undefined && this.#elapsedMs() >= usualMs) this.#overdueLooks += 1
    try {
      const state = await this.#job.look()
      this.#failedLooks = 0
      return state
    } catch (error) {
      this.#context.signal.throwIfAborted()
      if (!(error instanceof ProblemError)) throw error
      this.#failedLooks += 1
      if (this.#mayPass(error.problem)) return undefined
      throw new ProblemError(this.#withLastStatus(error.problem), { cause: error })
    }
  }

  #mayPass(problem: Problem): boolean {
    return this.#failedLooks < MAX_FAILED_LOOKS && PASSING.has(problem.code) && problem.blocks === undefined
  }

  #see(status: string, state?: State): void {
    const { kind, id, life, name, facts } = this.#job
    requireLegal(life, name, this.#status, status)
    if (status === this.#status) return
    this.#status = status
    this.#context.job({ job: kind, id, status, ...(hasEnded(life, status) ? { ended: true } : {}), ...facts?.(state) })
  }

  #end(state: State): EndedJob<State> {
    const durationMs = this.#elapsedMs()
    this.#usual.learn(durationMs, this.#openMs)
    return { state, durationMs }
  }

  #usualMs(): number | undefined {
    const usualMs = this.#usual.ms
    return usualMs !== undefined && this.#isScout && this.#openMs === undefined ? usualMs / 2 : usualMs
  }

  #elapsedMs(): number {
    return this.#context.clock.now() - this.#acceptedAtMs
  }

  #deadlineMs(): number {
    return Math.min(this.#stepEndsMs(), this.#job.lateness?.afterMs ?? Number.POSITIVE_INFINITY)
  }

  #stepEndsMs(): number {
    return (this.#context.deadlineAtMs ?? Number.POSITIVE_INFINITY) - this.#acceptedAtMs
  }

  /** Throws where the time that is over is the step's. */
  #late(): EndedJob<State> {
    const { lateness } = this.#job
    if (!lateness || lateness.afterMs > this.#stepEndsMs()) throw this.#stuck()
    return { state: lateness.state(this.#lastStatus), durationMs: this.#elapsedMs() }
  }

  #stuck(): ProblemError {
    const { withinMs } = this.#context
    const over = withinMs === undefined ? 'the time of its step is over' : `"within: ${formatDuration(withinMs)}" is over`
    return new ProblemError({
      code: 'JOB_STUCK',
      message: `${this.#job.name} was still ${this.#lastStatus} after ${formatDuration(this.#elapsedMs())}, and ${over}`,
      advice: 'look at the job on the platform; where such jobs take longer, raise "within"',
      details: { ...this.#details(), ...(withinMs === undefined ? {} : { withinMs }) },
    })
  }

  #withLastStatus(problem: Problem): Problem {
    const message = `${problem.message}; ${this.#job.name} was ${this.#lastStatus} when last seen`
    return { ...problem, message, details: { ...problem.details, ...this.#details() } }
  }

  get #lastStatus(): string {
    return this.#status ?? this.#job.status
  }

  #details(): JsonObject {
    return { job: this.#job.kind, jobId: this.#job.id, lastStatus: this.#lastStatus }
  }
}
