import type { Send } from '../api/send.ts'
import type { SeenFlow } from '../model/event.ts'
import type { Inbox, TakeDelivery } from '../model/inbox.ts'
import { type Problem, ProblemError } from '../model/problem.ts'
import type { Step } from '../model/suite.ts'
import type { JobChange, JobNote, StepContext } from '../steps/step-kind.ts'
import type { Activity } from './activity.ts'
import type { Part } from './attempt.ts'
import type { Deadline } from './deadlines.ts'
import type { PutBack } from './put-back.ts'
import { requestTeller } from './request-teller.ts'
import type { Scope } from './scope.ts'
import type { Release, Semaphore } from './semaphore.ts'

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

/** A step's context, and what the runner holds of it. */
export interface HeldContext {
  readonly context: StepContext
  /** How to tidy up after the step, the last registered first. */
  readonly tidies: () => readonly Tidy[]
  /** The step has ended: it may do nothing more, also one that goes on against its signal. */
  readonly halt: () => void
  /** Gives back all places that it holds. */
  readonly release: () => void
}

type Tidy = Parameters<StepContext['ifCut']>[0]

/** For a step that goes on against its signal: from its end on it may do nothing more. */
const ENDED: Problem = { code: 'ABORTED', message: 'the step has ended' }

/** What the step may use, and how that is taken back once the step has ended. */
export function createStepContext(work: StepAtWork): HeldContext {
  const tools = new StepTools(work)
  const { run, scenario, number } = work.part.attempt
  const { world, options } = run
  return {
    context: {
      send: tools.send,
      clock: world.clock,
      origin: { runId: options.runId, scenario: scenario.id, step: work.index, try: number },
      seed: options.seed,
      random: world.random,
      settings: options.steps,
      signal: work.scope.signal,
      withinMs: work.step.withinMs,
      get deadlineAtMs() {
        return deadlineAtMs(work)
      },
      park: (wait) => tools.park(wait),
      openJob: (job) => tools.openJob(job),
      job: (change) => tools.job(change),
      openInbox: (take) => tools.openInbox(take),
      note: (note) => tools.note(note),
      flowSeen: (flow) => tools.flowSeen(flow),
      ifCut: (tidy) => tools.ifCut(tidy),
      atEnd: (run) => tools.atEnd(run),
      shared: (name, make) => tools.shared(name, make),
      ...(world.visitBounds ? { visitBounds: world.visitBounds } : {}),
    },
    tidies: () => tools.tidies(),
    halt: () => tools.halt(),
    release: () => tools.release(),
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
  readonly #tidies: Tidy[] = []
  #hasEnded = false

  constructor(work: StepAtWork) {
    this.#work = work
    const { attempt } = work.part
    const tell = requestTeller(work)
    const send = attempt.run.world.client.with({
      signal: work.scope.signal,
      get deadlineAtMs() {
        return deadlineAtMs(work)
      },
      observe: (event) => {
        if (!this.#hasEnded) tell(event)
      },
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
      // What is still to be tidied up may still be at work: then the place is held until that is done.
      if (this.#tidies.length === 0) this.#giveBack(release)
    }
  }

  #giveBack(release: Release): void {
    release()
    this.#jobPlaces.delete(release)
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

  note(note: JobNote): void {
    const { part, index, activity } = this.#work
    const { run, scenario, number } = part.attempt
    activity.onNote(note)
    run.emit({ type: 'job-noted', atMs: run.atMs(), scenario: scenario.id, try: number, step: index, ...note })
  }

  flowSeen(flow: SeenFlow): void {
    const { run } = this.#work.part.attempt
    run.emit({ type: 'flow-seen', atMs: run.atMs(), ...flow })
  }

  ifCut(tidy: Tidy): () => void {
    this.#tidies.push(tidy)
    return () => {
      const at = this.#tidies.indexOf(tidy)
      if (at >= 0) this.#tidies.splice(at, 1)
    }
  }

  atEnd(run: PutBack['run']): void {
    if (this.#hasEnded) throw new ProblemError(ENDED)
    this.#work.part.attempt.putBacks.push({
      work: this.#work,
      run,
      tell: { job: (change) => this.job(change), note: (note) => this.note(note) },
    })
  }

  tidies(): readonly Tidy[] {
    return this.#tidies.toReversed()
  }

  shared<T>(name: string, make: () => T): T {
    return this.#work.part.attempt.run.share(`${this.#work.step.kind}:${name}`, make)
  }

  halt(): void {
    this.#hasEnded = true
    for (const inbox of this.#inboxes) inbox.close()
  }

  release(): void {
    for (const release of this.#jobPlaces) release()
    this.#work.part.attempt.seat.passOn()
  }

  /** Waits for a place without occupying another, and at nobody's expense: the limits of time stand still meanwhile. */
  #jobPlace(): Promise<Release> {
    const { part, step } = this.#work
    const places = part.attempt.run.jobPlacesOf(step.kind)
    if (places.every(({ isFree }) => isFree)) return acquireAll(places)
    return this.park(() => this.#untimed(() => acquireAll(places)))
  }

  async #untimed<T>(wait: () => Promise<T>): Promise<T> {
    const resume = [this.#work.deadline, this.#work.part.deadline].map((deadline) => deadline.pause())
    try {
      return await wait()
    } finally {
      for (const goOn of resume) goOn()
    }
  }
}

/** One place of each, one after the other: since everybody takes them in the same order, nobody waits for ever. */
async function acquireAll(places: readonly Semaphore[]): Promise<Release> {
  const releases: Release[] = []
  for (const place of places) releases.push(await place.acquire())
  return () => {
    for (const release of releases) release()
  }
}
