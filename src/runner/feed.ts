import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PlannedScenario } from '../model/event.ts'
import type { Scenario, Suite } from '../model/suite.ts'
import type { PlannedRun } from './attempt.ts'
import { isWorthSorting, longestFirst, shuffled } from './order.ts'
import { ReadyQueue } from './ready-queue.ts'
import type { LoadedFile, LoadedFiles } from './run-options.ts'
import type { RunState } from './run-state.ts'

/** Reading may keep everything else waiting for so long, e.g. a signal of the process. */
const LONGEST_READING_MS = 20

interface Entry extends PlannedRun {
  readonly resources?: readonly string[] | undefined
}

/**
 * Reads files as scenarios are needed, tells what each holds, and hands out its scenarios one by one: in order, or those that take
 * longest first, and never one whose resource is in use.
 */
export class Feed {
  readonly #run: RunState
  readonly #iterator: Iterator<LoadedFile> | AsyncIterator<LoadedFile>
  readonly #queue = new ReadyQueue<Entry>()
  #isRead = false
  #wasAbandoned = false
  #abandon: () => void = () => undefined
  readonly #abandoned: Promise<void>
  #onDone: (() => void) | undefined
  #readSinceMs: number
  #handedOut = 0

  constructor(run: RunState, files: LoadedFiles) {
    this.#run = run
    this.#iterator = Symbol.asyncIterator in files ? files[Symbol.asyncIterator]() : files[Symbol.iterator]()
    this.#abandoned = new Promise((resolve) => {
      this.#abandon = resolve
    })
    this.#readSinceMs = run.world.clock.now()
  }

  /** Reads everything first where the order needs it: a shuffled one, or one in which the longest scenarios start first. */
  async open(): Promise<void> {
    const { durations, limits, shuffle } = this.#run.options
    const inOrder = shuffle
      ? (planned: readonly PlannedRun[]) => shuffled(planned, this.#run.world.random)
      : durations &&
        isWorthSorting(durations, limits.requestsAtOnce) &&
        ((planned: readonly PlannedRun[]) => longestFirst(planned, durations))
    if (!inOrder) return
    const planned: PlannedRun[] = []
    while (!this.#isRead) planned.push(...(await this.#readNext()))
    for (const one of inOrder(planned)) this.#add(one)
  }

  /** The next scenario that may start, as soon as one may; `undefined` once there is none left. */
  async next(): Promise<PlannedRun | undefined> {
    for (;;) {
      const entry = this.#queue.take()
      if (entry) {
        this.#handedOut += 1
        return entry
      }
      if (!this.#isRead) for (const one of await this.#readNext()) this.#add(one)
      else if (this.#queue.blocked === 0) return undefined
      else await this.#nextDone()
    }
  }

  /** A scenario that was handed out has ended: its resources are free again. */
  done(planned: PlannedRun): void {
    this.#handedOut -= 1
    this.#queue.done(planned)
    this.#onDone?.()
  }

  /** Resolves once every scenario that was handed out has ended. */
  async allDone(): Promise<void> {
    while (this.#handedOut > 0) await this.#nextDone()
  }

  /** Reads no further file, not even the one that is being read. */
  abandon(): void {
    this.#wasAbandoned ||= !this.#isRead
    this.#isRead = true
    this.#abandon()
  }

  /** Whether there may be files that nobody has read. */
  get isIncomplete(): boolean {
    return this.#wasAbandoned
  }

  #nextDone(): Promise<void> {
    return new Promise((resolve) => {
      this.#onDone = resolve
    })
  }

  #add(planned: PlannedRun): void {
    this.#queue.add({ resources: planned.scenario.resources, ...planned })
  }

  async #readNext(): Promise<readonly PlannedRun[]> {
    const file = await this.#pull()
    if (!file) {
      this.#isRead = true
      return []
    }
    return file.suite ? this.#plan(file.suite) : this.#refuse(file)
  }

  async #pull(): Promise<LoadedFile | undefined> {
    await this.#letOthersWork()
    try {
      const step = this.#iterator.next()
      const result = 'then' in step ? await Promise.race([step, this.#abandoned]) : step
      return result?.done === false ? result.value : undefined
    } catch (error) {
      this.#run.bugs.push(error)
      return undefined
    }
  }

  async #letOthersWork(): Promise<void> {
    if (this.#run.world.clock.now() - this.#readSinceMs < LONGEST_READING_MS) return
    await nextTurn()
    this.#readSinceMs = this.#run.world.clock.now()
  }

  #refuse({ file, faults = [] }: LoadedFile): readonly PlannedRun[] {
    this.#run.tally.counts.filesRefused += 1
    this.#run.emit({ type: 'file-refused', atMs: this.#run.atMs(), file, faults })
    return []
  }

  /** Tells what the suite holds. Those that are skipped, or that an earlier part of the run has finished, have ended with that. */
  #plan({ file, name, scenarios }: Suite): readonly PlannedRun[] {
    if (scenarios.length === 0) return []
    const planned = scenarios.map(plannedScenario)
    this.#run.emit({ type: 'suite-planned', atMs: this.#run.atMs(), file, name, scenarios: planned })
    const left = scenarios.filter(({ id }) => !this.#run.tellAgain(id))
    for (const { id, skip } of left) {
      if (skip !== undefined) this.#run.finish(id, { tries: 0, durationMs: 0, outcome: { status: 'skipped', reason: skip } })
    }
    return left.filter(({ skip }) => skip === undefined).map((scenario) => ({ file, scenario }))
  }
}

function plannedScenario({ id, name, line, tags, repeatOf }: Scenario): PlannedScenario {
  return { id, name, line, tags, ...(repeatOf === undefined ? {} : { repeatOf }) }
}
