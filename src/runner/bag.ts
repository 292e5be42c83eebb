/** Something in a {@link Bag}: knows its place there, so that it is found without looking. */
export interface Bagged {
  /** -1 while it is in none. */
  bagIndex: number
}

/**
 * Things without order that come and go quickly. A list and no Set: the tables that a Set leaves behind as it changes keep what was in
 * it alive for a while, and with thousands of scenarios that shows as time spent in garbage collection.
 */
export class Bag<T extends Bagged> {
  readonly #items: T[] = []

  add(item: T): void {
    if (item.bagIndex >= 0) return
    item.bagIndex = this.#items.push(item) - 1
  }

  /** Has no effect on what is not in it. */
  remove(item: T): void {
    if (item.bagIndex < 0) return
    const last = this.#items.pop()
    if (last && last !== item) {
      this.#items[item.bagIndex] = last
      last.bagIndex = item.bagIndex
    }
    item.bagIndex = -1
  }

  /** A copy: what is in it may come and go meanwhile. */
  toArray(): T[] {
    return [...this.#items]
  }

  get size(): number {
    return this.#items.length
  }
}
