/** Where the value of a free variable would come from. */
export type Freedom = { readonly from: 'author' } | { readonly from: 'answer'; readonly action: string; readonly field: string }

/**
 * Variables that nobody has looked at yet, and that may have been set to anything before: by the author, or by the answer of an action.
 * Never changed. Those that are not free any more are kept apart, so that a flow of thousands of variables is not copied again and again.
 */
export class FreeVariables {
  static readonly none = new FreeVariables(new Map(), new Set())
  readonly #all: ReadonlyMap<string, Freedom>
  readonly #gone: ReadonlySet<string>

  private constructor(all: ReadonlyMap<string, Freedom>, gone: ReadonlySet<string>) {
    this.#all = all
    this.#gone = gone
  }

  static of(freedoms: Iterable<readonly [string, Freedom]>): FreeVariables {
    return new FreeVariables(new Map(freedoms), new Set())
  }

  /** What is free no more, and what is free anew: tells these variables from others of the same start. */
  get changes(): Iterable<string> {
    return this.#gone
  }

  /** How many {@link changes} there are. */
  get size(): number {
    return this.#gone.size
  }

  has(name: string): boolean {
    return this.#all.has(name) && !this.#gone.has(name)
  }

  get(name: string): Freedom | undefined {
    return this.#gone.has(name) ? undefined : this.#all.get(name)
  }

  without(names: Iterable<string>): FreeVariables {
    const gone = [...names].filter((name) => this.has(name))
    return gone.length === 0 ? this : new FreeVariables(this.#all, new Set([...this.#gone, ...gone]))
  }

  /** Variables that an answer which is made up sets. */
  with(freedoms: Iterable<readonly [string, Freedom]>): FreeVariables {
    const added = new Map(freedoms)
    if (added.size === 0) return this
    return new FreeVariables(new Map([...this.#all, ...added]), new Set([...this.#gone].filter((name) => !added.has(name))))
  }
}
