import type { Pointer } from '../model/place.ts'
import type { PathAutomaton, State } from './path-automaton.ts'

/** One line of expected beside actual. */
export interface AlignedRow {
  /** `same`: as expected · `any`: taken by `...` · `changed`: another node · `missing`: not visited · `extra`: not expected. */
  readonly kind: 'same' | 'any' | 'changed' | 'missing' | 'extra'
  /** The part of the pattern; absent where nothing was expected. */
  readonly expected?: { readonly label: string; readonly at: Pointer }
  /** The index of the visit; absent where there was none. */
  readonly actual?: number
}

/** A node in place of another costs less than one missing and one extra, but more than one of them: so `...` takes what it can. */
const COST = { missing: 2, extra: 2, changed: 3 } as const

/** More than any way costs. */
const UNREACHED = 0x7fffffff

/** The best alignment needs a cell for each state and each position; where there would be more, there is none. */
const MAX_CELLS = 2_000_000

/**
 * The cheapest way to lay a path beside its pattern, row by row; differences stand as late as possible. `undefined` where the two
 * are so long that it would take too much memory. Dijkstra's algorithm over states × positions, with small whole costs.
 */
export function alignPath(automaton: PathAutomaton, path: readonly string[]): readonly AlignedRow[] | undefined {
  if (automaton.states.length * (path.length + 1) > MAX_CELLS) return undefined
  return new Alignment(automaton, path).rows()
}

class Alignment {
  readonly #automaton: PathAutomaton
  readonly #path: readonly string[]
  readonly #costs: Int32Array
  /** The cell that each cell is best reached from, and the row that this makes. */
  readonly #origins: Int32Array
  readonly #kinds: (AlignedRow['kind'] | undefined)[] = []
  /** Cells by their cost, to be looked at. */
  readonly #waiting: number[][] = []

  constructor(automaton: PathAutomaton, path: readonly string[]) {
    const cells = automaton.states.length * (path.length + 1)
    this.#automaton = automaton
    this.#path = path
    this.#costs = new Int32Array(cells).fill(UNREACHED)
    this.#origins = new Int32Array(cells).fill(-1)
  }

  rows(): readonly AlignedRow[] {
    this.#search()
    return this.#walkBack()
  }

  #search(): void {
    const first = this.#cell(this.#automaton.start, 0)
    this.#costs[first] = 0
    this.#waiting[0] = [first]
    const last = this.#cell(this.#automaton.end, this.#path.length)
    for (let cost = 0; cost < this.#waiting.length; cost += 1) {
      for (const cell of this.#waiting[cost] ?? []) {
        if (cell === last) return
        if (this.#costs[cell] === cost) this.#leave(cell, cost)
      }
    }
  }

  #leave(cell: number, cost: number): void {
    const position = this.#positionOf(cell)
    const state = this.#stateOf(cell)
    const node = this.#path[position]
    if (node !== undefined) this.#reach(cell + this.#automaton.states.length, cell, cost + COST.extra, 'extra')
    if (state.kind === 'fork') for (const next of state.next) this.#reach(this.#cell(next, position), cell, cost, undefined)
    if (state.kind === 'any') this.#leaveAny(state.next, { cell, position, cost, node })
    if (state.kind === 'node') this.#leaveNode(state, { cell, position, cost, node })
  }

  #leaveAny(next: number, { cell, position, cost, node }: Visited): void {
    this.#reach(this.#cell(next, position), cell, cost, undefined)
    if (node !== undefined) this.#reach(cell + this.#automaton.states.length, cell, cost, 'any')
  }

  #leaveNode(state: State & { readonly kind: 'node' }, { cell, position, cost, node }: Visited): void {
    this.#reach(this.#cell(state.next, position), cell, cost + COST.missing, 'missing')
    if (node === undefined) return
    const isSame = state.nodes.has(node)
    this.#reach(this.#cell(state.next, position + 1), cell, isSame ? cost : cost + COST.changed, isSame ? 'same' : 'changed')
  }

  #reach(cell: number, origin: number, cost: number, kind: AlignedRow['kind'] | undefined): void {
    if (cost >= (this.#costs[cell] ?? 0)) return
    this.#costs[cell] = cost
    this.#origins[cell] = origin
    this.#kinds[cell] = kind
    const level = this.#waiting[cost] ?? []
    this.#waiting[cost] = level
    level.push(cell)
  }

  #walkBack(): readonly AlignedRow[] {
    const rows: AlignedRow[] = []
    for (let cell = this.#cell(this.#automaton.end, this.#path.length); ; ) {
      const origin = this.#origins[cell] ?? -1
      if (origin < 0) return rows.reverse()
      const kind = this.#kinds[cell]
      if (kind !== undefined) rows.push(this.#row(kind, origin))
      cell = origin
    }
  }

  #row(kind: AlignedRow['kind'], origin: number): AlignedRow {
    const state = this.#stateOf(origin)
    const actual = kind === 'missing' ? {} : { actual: this.#positionOf(origin) }
    if (kind === 'extra') return { kind, ...actual }
    if (state.kind === 'node') return { kind, expected: { label: state.label, at: state.at }, ...actual }
    return { kind, ...(state.kind === 'any' ? { expected: { label: '...', at: state.at } } : {}), ...actual }
  }

  #cell(state: number, position: number): number {
    return position * this.#automaton.states.length + state
  }

  #positionOf(cell: number): number {
    return Math.floor(cell / this.#automaton.states.length)
  }

  #stateOf(cell: number): State {
    return this.#automaton.states[cell % this.#automaton.states.length] ?? { kind: 'end' }
  }
}

interface Visited {
  readonly cell: number
  readonly position: number
  readonly cost: number
  readonly node: string | undefined
}
