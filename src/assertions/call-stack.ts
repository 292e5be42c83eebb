import type { Visit } from '../model/trace.ts'

/**
 * Which sub-flows a call is inside of, as far as a trace shows: a visit of type `SubFlow` enters one, a visit of type `Exit` leaves it.
 * A target that names its types otherwise leaves the stack to grow, and then no two states of a call are taken for the same.
 */
export class CallStack {
  readonly #ids = new Map<string, number>()
  readonly #entered: number[] = []

  /** Follows the call to its next visit. Gives the same number for visits inside the same sub-flows, entered from the same nodes. */
  at(visit: Visit): number {
    const id = this.#top
    const type = visit.type?.toLowerCase()
    if (type === 'subflow') this.#entered.push(this.#idOf(visit.node))
    if (type === 'exit') this.#entered.pop()
    return id
  }

  get #top(): number {
    return this.#entered.at(-1) ?? 0
  }

  #idOf(node: string): number {
    const key = `${this.#top} ${node}`
    const id = this.#ids.get(key) ?? this.#ids.size + 1
    this.#ids.set(key, id)
    return id
  }
}
