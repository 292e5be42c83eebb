import type { Place, Pointer } from '../model/place.ts'
import { MAX_FAULTS } from './limits.ts'
import type { Locator } from './locate.ts'
import { readYaml } from './read-yaml.ts'

/** Items that are composed; a text with more faulty ones than this shows only the first faults, and of the others the line will do. */
const MAX_PARTS = 2 * MAX_FAULTS

/** How to find places where a text cannot be composed as a whole. */
export interface PartsOptions {
  /** Finds places in a part of the text. */
  readonly open: (part: string) => Locator
  /** For what stands in no item of a list. */
  readonly elsewhere: Locator
}

/** Finds places in a text that is too large to be composed: only the item that the pointer leads into is. */
export function openParts(text: string, file: string, options: PartsOptions): Locator {
  const parts = new Parts(text, file, options)
  return {
    placeOf: (pointer) => parts.place(pointer, (locator, inner) => locator.placeOf(inner)),
    keyPlaceOf: (pointer) => parts.place(pointer, (locator, inner) => locator.keyPlaceOf(inner)),
    plainTextOf: (pointer) => {
      const item = parts.itemOf(pointer)
      return item && parts.locatorOf(item)?.plainTextOf(item.pointer)
    },
  }
}

/** An item of a list under a key of the root. */
interface Item {
  readonly key: string
  /** Its first line, and the one behind it; both 1-based. */
  readonly start: number
  readonly end: number
  /** Into the part that holds it alone: a document of its own that begins with the key. */
  readonly pointer: Pointer
}

class Parts {
  readonly #text: string
  readonly #file: string
  readonly #options: PartsOptions
  readonly #lines: readonly string[]
  readonly #itemLines = new Map<string, readonly number[]>()
  readonly #opened = new Map<number, Locator>()

  constructor(text: string, file: string, options: PartsOptions) {
    this.#text = text
    this.#file = file
    this.#options = options
    this.#lines = text.split('\n')
  }

  place(pointer: Pointer, find: (locator: Locator, pointer: Pointer) => Place): Place {
    const item = this.itemOf(pointer)
    if (!item) return find(this.#options.elsewhere, pointer)
    const locator = this.locatorOf(item)
    if (!locator) return { file: this.#file, line: item.start, column: 1 }
    const place = find(locator, item.pointer)
    return { ...place, line: place.line + item.start - 2 }
  }

  itemOf([key, index, ...rest]: Pointer): Item | undefined {
    if (typeof key !== 'string' || typeof index !== 'number') return undefined
    const starts = this.#itemLinesOf(key)
    const start = starts[index]
    if (start === undefined || !/^\s*- /.test(this.#lines[start - 1] ?? '')) return undefined
    return { key, start, end: starts[index + 1] ?? this.#lines.length + 1, pointer: [key, 0, ...rest] }
  }

  locatorOf({ key, start, end }: Item): Locator | undefined {
    const opened = this.#opened.get(start)
    if (opened || this.#opened.size >= MAX_PARTS) return opened
    const locator = this.#options.open([`${key}:`, ...this.#lines.slice(start - 1, end - 1)].join('\n'))
    this.#opened.set(start, locator)
    return locator
  }

  #itemLinesOf(key: string): readonly number[] {
    const known = this.#itemLines.get(key) ?? readYaml(this.#text, this.#file, { itemLinesOf: key }).value?.itemLines ?? []
    this.#itemLines.set(key, known)
    return known
  }
}
