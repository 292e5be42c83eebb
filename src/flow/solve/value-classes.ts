import type { Json } from '../../model/json.ts'
import type { Demands } from '../demands.ts'
import type { Library } from '../library.ts'
import { nodeTypes } from '../node-types.ts'
import { variableOf } from '../variables.ts'

/** Variables that may get each other's values, or that are compared with each other, and what is known of their values. */
export interface ValueClass {
  /** Whether a branch depends on one of them. */
  readonly decides: boolean
  /** Values that they may get, or are compared with. */
  readonly values: readonly Json[]
  /** Whether anything looks at them as numbers that are less or greater. */
  readonly isOrdered: boolean
  /** False where values are made that no list tells: by counting, or as parts of texts. */
  readonly isClosed: boolean
}

/** What a library tells of the values of its variables. */
export interface ValueClasses {
  readonly of: (flowId: string, variable: string) => ValueClass
  /** The fields of a variable that anything looks at: `tier`, `balance.amount`. */
  readonly fieldsOf: (flowId: string, variable: string) => readonly string[]
}

const UNKNOWN: ValueClass = { decides: false, values: [], isOrdered: false, isClosed: true }

/** Joins the variables of a library by what its nodes demand. Linear in what they say, but for the joining, which is as good as linear. */
export function valueClassesOf(library: Library): ValueClasses {
  const builder = new ClassBuilder()
  for (const flow of library.values()) {
    for (const [name, value] of Object.entries(flow.variables)) builder.addValue(flow.flowId, name, value ?? null)
    for (const node of flow.nodes.values()) {
      const demands = node.spec && nodeTypes.get(node.type)?.demands?.(node.spec, flow, node)
      if (demands) builder.add(flow.flowId, demands)
    }
  }
  builder.finish()
  return builder
}

interface Draft {
  decides: boolean
  readonly values: Map<string, Json>
  isOrdered: boolean
  isClosed: boolean
}

/** Union-find with path halving: R. Tarjan and J. van Leeuwen, "Worst-case analysis of set union algorithms", Journal of the ACM 31 (1984). */
class ClassBuilder implements ValueClasses {
  readonly #parents = new Map<string, string>()
  readonly #drafts = new Map<string, Draft>()
  readonly #fields = new Map<string, Set<string>>()
  /** Variable → one that becomes a part of its value. */
  readonly #parts: (readonly [string, string])[] = []
  readonly #finished = new Map<string, ValueClass>()

  of(flowId: string, variable: string): ValueClass {
    const root = this.#find(nameOf(flowId, variable))
    const known = this.#finished.get(root)
    if (known) return known
    const draft = this.#drafts.get(root)
    const finished = draft ? { ...draft, values: [...draft.values.values()] } : UNKNOWN
    this.#finished.set(root, finished)
    return finished
  }

  fieldsOf(flowId: string, variable: string): readonly string[] {
    return [...(this.#fields.get(nameOf(flowId, variable)) ?? [])]
  }

  addValue(flowId: string, path: string, value: Json): void {
    this.#draft(flowId, path).values.set(JSON.stringify(value), value)
  }

  add(flowId: string, { decidedBy = [], values = [], links = [] }: Demands): void {
    for (const path of decidedBy) this.#draft(flowId, path).decides = true
    for (const { flowId: other = flowId, path, value, by } of values) {
      const draft = this.#draft(other, path)
      draft.values.set(JSON.stringify(value), value)
      draft.isOrdered ||= by === 'order'
      draft.isClosed &&= by !== 'part'
    }
    for (const { one, other, isWhole } of links) {
      const target = this.#draft(one.flowId ?? flowId, one.path)
      const origin = this.#draft(other.flowId ?? flowId, other.path)
      const names = [nameOf(one.flowId ?? flowId, one.path), nameOf(other.flowId ?? flowId, other.path)] as const
      if (isWhole) this.#join(...names)
      else {
        target.isClosed = false
        if (origin !== target) this.#parts.push(names)
      }
    }
  }

  /** What becomes a part of a value that decides decides as well, and so do the parts of the part. */
  finish(): void {
    const partsOf = new Map<string, string[]>()
    for (const [one, other] of this.#parts) {
      const whole = this.#find(one)
      const known = partsOf.get(whole)
      if (known) known.push(this.#find(other))
      else partsOf.set(whole, [this.#find(other)])
    }
    const waiting = [...partsOf.keys()].filter((root) => this.#draftOf(root).decides)
    for (let root = waiting.pop(); root !== undefined; root = waiting.pop()) {
      for (const part of partsOf.get(root) ?? []) {
        const draft = this.#draftOf(part)
        if (!draft.decides) waiting.push(part)
        draft.decides = true
        draft.isClosed = false
      }
    }
  }

  #draft(flowId: string, path: string): Draft {
    const name = nameOf(flowId, path)
    const [, ...fields] = path.split('.')
    if (fields.length > 0) {
      const known = this.#fields.get(name)
      if (known) known.add(fields.join('.'))
      else this.#fields.set(name, new Set([fields.join('.')]))
    }
    return this.#draftOf(this.#find(name))
  }

  #draftOf(root: string): Draft {
    const known = this.#drafts.get(root)
    if (known) return known
    const draft: Draft = { decides: false, values: new Map(), isOrdered: false, isClosed: true }
    this.#drafts.set(root, draft)
    return draft
  }

  /** The smaller class goes into the larger one. */
  #join(one: string, other: string): void {
    const [first, second] = [this.#find(one), this.#find(other)]
    const [firstDraft, secondDraft] = [this.#draftOf(first), this.#draftOf(second)]
    if (first === second) return
    const isFirstLarger = firstDraft.values.size >= secondDraft.values.size
    const [root, larger, child, smaller] = isFirstLarger
      ? ([first, firstDraft, second, secondDraft] as const)
      : ([second, secondDraft, first, firstDraft] as const)
    this.#parents.set(child, root)
    this.#drafts.delete(child)
    for (const [key, value] of smaller.values) larger.values.set(key, value)
    larger.decides ||= smaller.decides
    larger.isOrdered ||= smaller.isOrdered
    larger.isClosed &&= smaller.isClosed
  }

  #find(name: string): string {
    let current = name
    for (let parent = this.#parents.get(current); parent !== undefined; parent = this.#parents.get(current)) {
      const grandparent = this.#parents.get(parent)
      if (grandparent !== undefined) this.#parents.set(current, grandparent)
      current = parent
    }
    return current
  }
}

function nameOf(flowId: string, path: string): string {
  return `${flowId} ${variableOf(path)}`
}
