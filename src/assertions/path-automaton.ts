import { isJsonObject, type Json, type JsonObject } from '../model/json.ts'
import type { Pointer } from '../model/place.ts'
import { listed } from './show.ts'

/** A path pattern as a non-deterministic automaton over nodes. States are named by their index. */
export interface PathAutomaton {
  readonly states: readonly State[]
  readonly start: number
  /** The state in which a path is as expected. */
  readonly end: number
}

export type State =
  /** Consumes one of these nodes. `label` and `at` tell the part of the pattern. */
  | { readonly kind: 'node'; readonly nodes: ReadonlySet<string>; readonly label: string; readonly at: Pointer; readonly next: number }
  /** Consumes any nodes, also none. */
  | { readonly kind: 'any'; readonly at: Pointer; readonly next: number }
  /** Goes on at any of these without consuming a node. */
  | { readonly kind: 'fork'; readonly next: readonly number[] }
  | { readonly kind: 'end' }

/** What keeps a pattern from being used, and where. */
export class PatternError extends Error {
  readonly at: Pointer

  constructor(message: string, at: Pointer) {
    super(message)
    this.name = 'PatternError'
    this.at = at
  }
}

/** Repetitions multiply where they are nested; a pattern that unfolds to more than this is refused. */
const MAX_STATES = 20_000

const MAX_DEPTH = 64

/**
 * Builds the automaton of a `path` for paths of up to `length` nodes. Repetitions are unfolded, but no further than `length` can fill,
 * so that its size is bounded. Throws a {@link PatternError} for what is no pattern or is too large.
 */
export function buildPathAutomaton(pattern: Json, length: number): PathAutomaton {
  if (!Array.isArray(pattern)) throw new PatternError('a path is a list of nodes', [])
  return new Builder(length).build(pattern)
}

class Builder {
  readonly #states: State[] = []
  readonly #length: number

  constructor(length: number) {
    this.#length = length
  }

  build(pattern: readonly Json[]): PathAutomaton {
    const end = this.#add({ kind: 'end' }, [])
    const start = this.#part(pattern, [], end)
    return { states: this.#states, start, end }
  }

  /** Adds what stands for `part`, going on at `next`; returns where it begins. */
  #part(part: Json, at: Pointer, next: number): number {
    if (at.length > MAX_DEPTH) throw new PatternError(`the pattern is nested deeper than ${MAX_DEPTH / 2} levels`, at)
    if (Array.isArray(part)) return part.reduceRight((follower: number, item, index) => this.#part(item, [...at, index], follower), next)
    if (part === '...') return this.#add({ kind: 'any', at, next }, at)
    if (typeof part === 'string') return this.#node([part], at, next)
    if (isJsonObject(part)) return this.#combination(part, at, next)
    throw new PatternError('expected a node, "...", or one of anyOf, optional, repeat', at)
  }

  #combination(part: JsonObject, at: Pointer, next: number): number {
    const { anyOf, optional, repeat } = part
    if (Array.isArray(anyOf) && anyOf.length > 0) return this.#anyOf(anyOf, [...at, 'anyOf'], next)
    if (optional !== undefined) return this.#fork([this.#part(optional, [...at, 'optional'], next), next], at)
    if (repeat !== undefined) return this.#repeat({ ...bounds(part, at), part: repeat, at: [...at, 'repeat'], next })
    throw new PatternError('expected a node, "...", or one of anyOf, optional, repeat', at)
  }

  #anyOf(alternatives: readonly Json[], at: Pointer, next: number): number {
    if (alternatives.every(isNode)) return this.#node(alternatives, at.slice(0, -1), next)
    return this.#fork(
      alternatives.map((alternative, index) => this.#part(alternative, [...at, index], next)),
      at,
    )
  }

  /** No path of `length` nodes can fill more than `length` repetitions, so a higher `max` is none, and a higher `min` is never met. */
  #repeat({ part, at, next, min, max }: Repetition): number {
    const isUnbounded = max >= this.#length
    const fewest = Math.min(min, this.#length + 1)
    let follower = isUnbounded ? this.#repeatForEver({ part, at, next }, fewest > 0) : this.#repeatUpTo(max - min, { part, at, next })
    for (let count = isUnbounded ? 1 : 0; count < fewest; count += 1) follower = this.#part(part, at, follower)
    return follower
  }

  /** One part that leads back to itself, so that nested repetitions do not multiply. */
  #repeatForEver({ part, at, next }: Pick<Repetition, 'part' | 'at' | 'next'>, atLeastOnce: boolean): number {
    const ways: number[] = []
    const again = this.#fork(ways, at)
    const once = this.#part(part, at, again)
    ways.push(once, next)
    return atLeastOnce ? once : again
  }

  #repeatUpTo(most: number, { part, at, next }: Pick<Repetition, 'part' | 'at' | 'next'>): number {
    let follower = next
    for (let count = 0; count < most; count += 1) follower = this.#fork([this.#part(part, at, follower), next], at)
    return follower
  }

  #node(nodes: readonly string[], at: Pointer, next: number): number {
    return this.#add({ kind: 'node', nodes: new Set(nodes), label: listed(nodes, 'or'), at, next }, at)
  }

  #fork(next: readonly number[], at: Pointer): number {
    return this.#add({ kind: 'fork', next }, at)
  }

  #add(state: State, at: Pointer): number {
    if (this.#states.length >= MAX_STATES)
      throw new PatternError(`the pattern unfolds to more than ${MAX_STATES} nodes; lower its "max"`, at)
    return this.#states.push(state) - 1
  }
}

interface Repetition {
  readonly part: Json
  readonly at: Pointer
  readonly next: number
  readonly min: number
  readonly max: number
}

function bounds(part: JsonObject, at: Pointer): { readonly min: number; readonly max: number } {
  const min = count(part['min'], Math.min(1, count(part['max'], 1, at)), at)
  const max = count(part['max'], Number.POSITIVE_INFINITY, at)
  if (min > max) throw new PatternError(`"min" (${min}) is more than "max" (${max})`, at)
  return { min, max }
}

function count(value: Json | undefined, fallback: number, at: Pointer): number {
  if (value === undefined) return fallback
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  throw new PatternError('"min" and "max" are whole numbers', at)
}

function isNode(part: Json): part is string {
  return typeof part === 'string' && part !== '...'
}
