import { calledFlows, type FlowEdition, libraryOf, readEdition } from '../../flow/coverage/edition.ts'
import type { Library } from '../../flow/library.ts'
import type { SeenFlow } from '../../model/event.ts'

/** The editions of flows that are known at one time of a run. */
export interface Editions {
  readonly library: Library
  readonly byFlowId: ReadonlyMap<string, FlowEdition>
  /** All of them are executed by our own emulator. */
  readonly isEmulated: boolean
}

/** Where a run does not tell a definition: what may be taken in its place. */
export type Substitute = (flowId: string) => SeenFlow | undefined

/** The editions of one run, as they come in. */
export class EditionsOfRun {
  /** Why flows have none. */
  readonly problems = new Map<string, string>()
  /** Flows whose edition is a substitute. */
  readonly substituted = new Set<string>()
  readonly #cache: Map<string, FlowEdition>
  readonly #editions = new Map<string, FlowEdition>()
  #current: Editions | undefined

  /** `cache` holds editions that were read before, of this run and of others. */
  constructor(cache: Map<string, FlowEdition>) {
    this.#cache = cache
  }

  add(seen: SeenFlow): void {
    const edition = this.#read(seen)
    this.#current = undefined
    if (typeof edition === 'string') {
      this.problems.set(seen.flowId, edition)
      this.#editions.delete(seen.flowId)
    } else {
      this.problems.delete(seen.flowId)
      this.#editions.set(seen.flowId, edition)
    }
  }

  /** Takes substitutes for a flow that the run does not tell, and for those that it calls. */
  require(flowId: string, substitute: Substitute): void {
    if (this.#editions.has(flowId) || this.problems.has(flowId)) return
    const seen = substitute(flowId) ?? { flowId, problem: 'its definition is not on record' }
    this.add(seen)
    const edition = this.#editions.get(flowId)
    if (!edition) return
    this.substituted.add(flowId)
    for (const called of calledFlows(edition.flow)) this.require(called, substitute)
  }

  get current(): Editions {
    this.#current ??= {
      library: libraryOf(this.#editions.values()),
      byFlowId: new Map(this.#editions),
      isEmulated: [...this.#editions.values()].every(({ isEmulated }) => isEmulated),
    }
    return this.#current
  }

  #read(seen: SeenFlow): FlowEdition | string {
    const key = JSON.stringify([seen.flowId, seen.fingerprint, seen.version, seen.file, seen.emulated])
    const edition = this.#cache.get(key) ?? readEdition(seen)
    if (typeof edition !== 'string') this.#cache.set(key, edition)
    return edition
  }
}
