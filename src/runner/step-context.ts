import type { RequestEvent, Send } from '../api/send.ts'
import type { Inbox, TakeDelivery } from '../model/inbox.ts'
import { type Problem, type ProblemCode, ProblemError } from '../model/problem.ts'
import type { Step } from '../model/suite.ts'
import type { JobChange, StepContext } from '../steps/step-kind.ts'
import type { Activity } from './activity.ts'
import type { Part } from './attempt.ts'
import type { Deadline } from './deadlines.ts'
import type { Scope } from './scope.ts'
import type { Release } from './semaphore.ts'

/** A step that is about to be done. */
export interface StepAtWork {
  readonly part: Part
  readonly step: Step
  readonly index: number
  readonly scope: Scope
  readonly activity: Activity
  /** The step's own. */
  readonly deadline: Deadline
}

/** For a step that goes on against its signal: from its end on it may do nothing more. */
const ENDED: Problem = { code: 'ABORTED', message: 'the step has ended' }

/** How a request can end when its time is over. */
const OUT_OF_TIME: readonly ProblemCode[] = ['TIMEOUT', 'UNKNOWN_OUTCOME']

/** What the step may use, and the function that takes it back once the step has ended, also one that goes on against its signal. */
export function createStepContext(work: StepAtWork): { readonly context: StepContext; readonly end: () => void } {
  const tools = new StepTools(work)
  const { world } = work.part.attempt.run
  return {
    context: {
      send: tools.send,
      clock: world.clock,
      signal: work.scope.signal,
      withinMs: work.step.withinMs,
      get deadlineAtMs() {
        return deadlineAtMs(work)
      },
      park: (wait) => tools.park(wait),
      openJob: (job) => tools.openJob(job),
      job: (change) => tools.job(change),
      openInbox: (take) => tools.openInbox(take),
      shared: (name, make) => tools.shared(name, make),
    },
    end: () => tools.end(),
  }
}

/** Asked for anew each time, since it moves while the step waits for a place. Infinite where nothing bounds the step. */
function deadlineAtMs({ part, deadline }: StepAtWork): number {
  return Math.min(deadline.atMs, part.deadline.atMs, part.attempt.run.deadline?.atMs ?? Number.POSITIVE_INFINITY)
}

class StepTools {
  readonly send: Send
  readonly #work: StepAtWork
  readonly #jobPlaces = new Set<Release>()
  readonly #inboxes: Inbox[] = []
  readonly #firstRequest: number
  #hasEnded = false

  constructor(work: StepAtWork) {
    this.#work = work
    const { attempt } = work.part
    this.#firstRequest = attempt.requests
    const send = attempt.run.world.client.with({
      signal: work.scope.signal,
      get deadlineAtMs() {
        return deadlineAtMs(work)
      },
      observe: (event) => this.#observe(event),
    })
    this.send = async (request) => {
      const blocked = this.#hasEnded ? ENDED : attempt.run.blockages.of(request.api)
      if (blocked) throw new ProblemError(blocked)
      return send(request)
    }
  }

  park<T>(wait: () => Promise<T>): Promise<T> {
    const { seat } = this.#work.part.attempt
    if (this.#hasEnded) return wait()
    return seat.park(wait, () => this.#untimed(() => seat.take()))
  }

  async openJob<T>(job: () => Promise<T>): Promise<T> {
    const release = await this.#jobPlace()
    this.#jobPlaces.add(release)
    try {
      if (this.#hasEnded) throw new ProblemError(ENDED)
      return await job()
    } finally {
      release()
      this.#jobPlaces.delete(release)
    }
  }

  job(change: JobChange): void {
    const { part, index, activity } = this.#work
    const { run, scenario, number } = part.attempt
    activity.onJob(change)
    run.emit({ type: 'job-changed', atMs: run.atMs(), scenario: scenario.id, try: number, step: index, ...change })
  }

  async openInbox(take: TakeDelivery): Promise<Inbox> {
    const { part, index } = this.#work
    const { run, scenario, number } = part.attempt
    const inbox = await run.inboxes.open({ scenario: scenario.id, try: number, step: index }, take)
    this.#inboxes.push(inbox)
    if (!this.#hasEnded) return inbox
    inbox.close()
    throw new ProblemError(ENDED)
  }

  shared<T>(name: string, make: () => T): T {
    return this.#work.part.attempt.run.share(`${this.#work.step.kind}:${name}`, make)
  }

  end(): void {
    this.#hasEnded = true
    for (const release of this.#jobPlaces) release()
    for (const inbox of this.#inboxes) inbox.close()
    this.#work.part.attempt.seat.passOn()
  }

  /** Waits for a place without occupying another, and at nobody's expense: the limits of time stand still meanwhile. */
  #jobPlace(): Promise<Release> {
    const { run } = this.#work.part.attempt
    if (run.jobPlaces.isFree) return run.jobPlaces.acquire()
    return this.park(() => this.#untimed(() => run.jobPlaces.acquire()))
  }

  async #untimed<T>(wait: () => Promise<T>): Promise<T> {
    const resume = [this.#work.deadline, this.#work.part.deadline].map((deadline) => deadline.pause())
    try {
      return await wait()
    } finally {
      for (const goOn of resume) goOn()
    }
  }

  #observe(event: RequestEvent): void {
    const { part, index, activity } = this.#work
    const { run, scenario, number } = part.attempt
    if (this.#hasEnded) return
    // The client keeps to our limits too, and may be the first to see that one is reached: it is told as that limit, in any case.
    if (event.type === 'request-failed' && OUT_OF_TIME.includes(event.problem.code)) run.deadlines.reachDue()
    activity.onRequest(event)
    const request = this.#firstRequest + event.request
    part.attempt.requests = Math.max(part.attempt.requests, request + 1)
    run.emit({ ...event, atMs: run.atMs(), scenario: scenario.id, try: number, step: index, request })
  }
}
