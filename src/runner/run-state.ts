import type { RunEvent, ScenarioFinished } from '../model/event.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Place, Pointer } from '../model/place.ts'
import type { Problem } from '../model/problem.ts'
import { Bag } from './bag.ts'
import { Blockages } from './blockages.ts'
import { type Deadline, Deadlines } from './deadlines.ts'
import { bailedOut, type Ending } from './ending.ts'
import { RunInboxes } from './run-inboxes.ts'
import type { RunOptions, RunWorld } from './run-options.ts'
import { Semaphore } from './semaphore.ts'
import type { Stretch } from './stretch.ts'
import { Tally } from './tally.ts'

/** How long teardowns may take together once the run is cut short: with reports and all it has to end within 7 s. */
const INTERRUPTED_TEARDOWN_MS = 4_000

/** What all scenarios of a run share. */
export class RunState {
  readonly world: RunWorld
  readonly options: RunOptions
  readonly deadlines: Deadlines
  readonly seats: Semaphore
  readonly #jobPlaces: Semaphore
  readonly #jobPlacesOfKind: ReadonlyMap<string, Semaphore>
  readonly blockages = new Blockages()
  readonly inboxes: RunInboxes
  readonly tally = new Tally()
  readonly bugs: unknown[] = []
  /** The limit of time of the whole run. */
  deadline: Deadline | undefined
  readonly #startedAtMs: number
  readonly #working = new Bag<Stretch>()
  readonly #tidying = new Bag<Stretch>()
  readonly #shared = new Map<string, unknown>()
  #ending: Ending | undefined
  #isOver = false
  #noTimeToTidy: Problem | undefined

  constructor(world: RunWorld, options: RunOptions) {
    this.world = world
    this.options = options
    this.deadlines = new Deadlines(world.clock)
    this.seats = new Semaphore(options.limits.requestsAtOnce)
    this.#jobPlaces = new Semaphore(options.limits.jobsOpen)
    const ofKinds = Object.entries(options.limits.jobsOpenOfKind ?? {})
    this.#jobPlacesOfKind = new Map(ofKinds.map(([kind, places]) => [kind, new Semaphore(places)]))
    const elapsedMs = options.resumes ? Math.max(0, world.clock.date().getTime() - Date.parse(options.resumes.startedAt)) : 0
    this.#startedAtMs = world.clock.now() - elapsedMs
    this.inboxes = new RunInboxes(world.receiver, { atMs: () => this.atMs(), emit: (event) => this.emit(event) })
  }

  /** Milliseconds since the run started, to the microsecond. */
  atMs(): number {
    return roundMs(this.world.clock.now() - this.#startedAtMs)
  }

  /** Hands an event on. Nothing comes behind `run-finished`, not even from a step that goes on against its signal. */
  emit(event: RunEvent): void {
    if (this.#isOver) return
    this.#isOver = event.type === 'run-finished'
    try {
      this.world.emit(event)
    } catch (error) {
      this.bugs.push(error)
    }
  }

  /** Remembers an error that only a bug of ours can cause, and says so to the author. */
  bug(error: unknown): Problem {
    this.bugs.push(error)
    return {
      code: 'INTERNAL_ERROR',
      message: `cxspec itself broke here: ${error instanceof Error ? error.message : String(error)}`,
      advice: 'this is a bug of cxspec: please report it together with its stack trace',
    }
  }

  /** Where a job of a kind needs a place each, to be taken in this order. */
  jobPlacesOf(kind: string): readonly Semaphore[] {
    const own = this.#jobPlacesOfKind.get(kind)
    return own ? [own, this.#jobPlaces] : [this.#jobPlaces]
  }

  /** The one value of this name, made on first use. */
  share<T>(name: string, make: () => T): T {
    if (!this.#shared.has(name)) this.#shared.set(name, make())
    // The name stands for the type: only one step kind uses it, and always with the same `make`.
    return this.#shared.get(name) as T
  }

  locate(file: string, pointer: Pointer): Place | undefined {
    try {
      return this.world.locate(file, pointer)
    } catch (error) {
      this.bugs.push(error)
      return undefined
    }
  }

  /** Why the run ends early, if it does. */
  get ending(): Ending | undefined {
    return this.#ending
  }

  /** Starts no further scenario. The first ending stands, except that one which cuts short takes over from one which does not. */
  end(ending: Ending): void {
    if (this.#ending && (this.#ending.cut || !ending.cut)) return
    this.#ending = ending
    if (!ending.cut) return
    for (const stretch of this.#working.toArray()) stretch.cut(ending.cut)
    const limitMs = this.options.timeouts.interruptedTeardownMs ?? INTERRUPTED_TEARDOWN_MS
    this.deadlines.start(limitMs, () => this.#endTidying(`no time was left to tidy up, since ${ending.why}`))
  }

  /** Lets the run's end cut a stretch of steps short. Returns the function that ends this. */
  enterWork(stretch: Stretch): () => void {
    this.#working.add(stretch)
    if (this.#ending?.cut) stretch.cut(this.#ending.cut)
    return () => this.#working.remove(stretch)
  }

  /** Lets a teardown live on after the run's end, for a bounded time. Returns the function that ends this. */
  enterTeardown(stretch: Stretch): () => void {
    this.#tidying.add(stretch)
    if (this.#noTimeToTidy) stretch.cut(this.#noTimeToTidy)
    return () => this.#tidying.remove(stretch)
  }

  /** The problem as this scenario shall tell it; ends the run where nothing can work any more. */
  record(problem: Problem, scenarioId: string): Problem {
    const { problem: told, isNew } = this.blockages.record(problem, scenarioId)
    if (isNew && this.blockages.ending) this.end(this.blockages.ending)
    return told
  }

  /** Tells again what an earlier part of the run told of a scenario, and counts how it ended; false where that did not finish it. */
  tellAgain(scenario: string): boolean {
    const events = this.world.finished?.(scenario)
    if (!events) return false
    for (const event of events) {
      this.emit(event)
      if (event.type === 'teardown-failed') this.tally.counts.teardownsFailed += 1
      if (event.type === 'scenario-finished') this.#count(event)
    }
    return true
  }

  /** Counts and tells the end of a scenario. */
  finish(scenario: string, end: { readonly tries: number; readonly durationMs: number; readonly outcome: Outcome }): void {
    const isBad = end.outcome.status === 'failed' || end.outcome.status === 'errored'
    const excuse = isBad ? this.world.excuse?.(scenario) : undefined
    const event = { type: 'scenario-finished', atMs: this.atMs(), scenario, ...end, ...(excuse ? { excuse } : {}) } as const
    this.emit(event)
    this.#count(event)
  }

  #count({ outcome, tries, durationMs, excuse }: ScenarioFinished): void {
    this.tally.add(outcome, tries, durationMs, excuse)
    const bail = this.options.bail ?? Number.POSITIVE_INFINITY
    if (this.tally.counts.failed + this.tally.counts.errored >= bail) this.end(bailedOut(bail))
  }

  #endTidying(message: string): void {
    this.#noTimeToTidy = { code: 'ABORTED', message }
    for (const stretch of this.#tidying.toArray()) stretch.cut(this.#noTimeToTidy)
  }
}

/** To the microsecond: what is more precise only makes the journal longer. */
export function roundMs(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}
