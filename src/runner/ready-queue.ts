/** Something that must not run beside others that name one of the same resources. */
export interface Claimant {
  readonly resources?: readonly string[] | undefined
}

/** One of the waiting; `ahead`: of how many of its resources it is not the next owner yet. */
interface Ticket<T> {
  readonly item: T
  readonly resources: readonly string[]
  ahead: number
}

/**
 * The scenarios that may start, in order. Whoever names resources stands in one line for each of them and is ready once first in
 * all. Since everybody joins all lines at the same moment, two can never wait for each other, and nobody is overtaken for ever.
 */
export class ReadyQueue<T extends Claimant> {
  readonly #lines = new Map<string, Ticket<T>[]>()
  readonly #tickets = new Map<T, Ticket<T>>()
  #ready: T[] = []
  #next = 0
  #freed: T[] = []
  #blocked = 0

  /** How many wait for a resource. */
  get blocked(): number {
    return this.#blocked
  }

  add(item: T): void {
    const resources = [...new Set(item.resources)]
    if (resources.length === 0) {
      this.#ready.push(item)
      return
    }
    const ticket: Ticket<T> = { item, resources, ahead: 0 }
    this.#tickets.set(item, ticket)
    for (const resource of resources) if (this.#join(resource, ticket) > 1) ticket.ahead += 1
    if (ticket.ahead === 0) this.#ready.push(item)
    else this.#blocked += 1
  }

  /** The next that may start; those that waited for a resource come first, since others may wait behind them. */
  take(): T | undefined {
    const freed = this.#freed.shift()
    if (freed !== undefined) return freed
    const item = this.#ready[this.#next]
    if (item === undefined) return undefined
    this.#next += 1
    if (this.#next === this.#ready.length) {
      this.#ready = []
      this.#next = 0
    }
    return item
  }

  /** Gives back the resources of one that was taken. */
  done(item: T): void {
    const ticket = this.#tickets.get(item)
    if (!ticket) return
    this.#tickets.delete(item)
    for (const resource of ticket.resources) this.#leave(resource)
  }

  #join(resource: string, ticket: Ticket<T>): number {
    const line = this.#lines.get(resource)
    if (line) return line.push(ticket)
    this.#lines.set(resource, [ticket])
    return 1
  }

  #leave(resource: string): void {
    const line = this.#lines.get(resource)
    line?.shift()
    const first = line?.[0]
    if (!first) {
      this.#lines.delete(resource)
      return
    }
    first.ahead -= 1
    if (first.ahead > 0) return
    this.#blocked -= 1
    this.#freed.push(first.item)
  }
}
